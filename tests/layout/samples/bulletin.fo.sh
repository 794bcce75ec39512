cat ../../../samples/fo/bulletin.fo
