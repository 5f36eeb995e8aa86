from .on_ray import RayWorkers as RayWorkers
from .prepared import PreparedFiles as PreparedFiles, Workers as Workers
