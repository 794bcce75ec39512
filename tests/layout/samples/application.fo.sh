cat ../../../samples/fo/application.fo
