"""Run by the Python of QGIS: the layers of a project and how many features each has, and its layout as a picture."""

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsLayoutExporter, QgsProject

application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
assert project.read(sys.argv[1])
for layer in project.mapLayers().values():
    assert layer.isValid(), layer.name()
    print(layer.source().rpartition("layername=")[2], layer.featureCount(), sep="\t")
for entry in project.layerTreeRoot().findLayers():
    assert entry.layer() is not None, f"the legend has {entry.name()}, and no layer is behind it"
settings = QgsLayoutExporter.ImageExportSettings()
settings.dpi = 100
(layout,) = project.layoutManager().layouts()
assert QgsLayoutExporter(layout).exportToImage(sys.argv[2], settings) == QgsLayoutExporter.Success
sys.stdout.flush()
os._exit(0)  # to take QGIS down in order can crash without a screen
