cat ../bench/src/book.fo
