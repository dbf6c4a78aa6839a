"""Runs a command and prints as JSON how long it took, and what it and its children used: wall seconds, CPU seconds
(user and system), and the peak of resident memory of the largest process in MiB. `measured.py COMMAND…`."""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# Kilobytes on Linux, bytes on macOS.
per_mebibyte = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(
    json.dumps(
        {
            "code": ended.returncode,
            "output": ended.stdout.decode(errors="replace")[-2000:],
            "wall": wall,
            "cpu": used.ru_utime + used.ru_stime,
            "peak": used.ru_maxrss / per_mebibyte,
        }
    )
)
