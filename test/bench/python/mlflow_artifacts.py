"""Logs the files of a folder as artifacts of MLflow, or fetches them: `mlflow_artifacts.py up|down FOLDER URI`."""
import sys

from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

mode, folder, uri = sys.argv[1:]
repository = get_artifact_repository(uri)
if mode == "up":
    repository.log_artifacts(folder)
else:
    repository.download_artifacts("", folder)
