cat ../../../samples/fo/report.fo
