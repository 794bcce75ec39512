cat ../../../samples/fo/publicity.fo
