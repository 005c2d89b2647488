"""Times phusong beside scipy and scikit-learn: one thread, the same generated points, one run.

    cargo build --release --example bench_cover
    python3 benches/peers/compare.py [--villages 100000] [--candidates 100000] [--radius 5000] [--sites 50]

Needs numpy, scipy, scikit-learn. All times are CPU seconds of the process, index build included, reading the files
excluded. Counts are compared candidate by candidate with the k-d tree's over earth-centred chords: that tree asks
"chord <= radius", which differs from "geodesic <= radius" for pairs within 0.13 mm of the circle (at 5 km) only.
BallTree measures on a sphere and so finds somewhat other pairs; its greedy order is timed, not compared.
"""

import argparse
import heapq
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
import sklearn
from scipy.spatial import cKDTree
from sklearn.neighbors import BallTree

EXAMPLE = pathlib.Path("target/release/examples/bench_cover")
SEMI_MAJOR_M, FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS84, NIMA TR8350.2
MEAN_RADIUS_M = 6_371_008.8  # IUGG


def ecef(lat_lon):
    lat, lon = np.radians(lat_lon).T
    e2 = FLATTENING * (2 - FLATTENING)
    n = SEMI_MAJOR_M / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.column_stack(
        [n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1 - e2) * np.sin(lat)]
    )


def cpu(work):
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


def kd_counts(villages, candidates, radius_m):
    tree = cKDTree(ecef(villages))
    return tree.query_ball_point(ecef(candidates), radius_m, return_length=True, workers=1)


def ball_lists(villages, candidates, radius_m):
    tree = BallTree(np.radians(villages), metric="haversine")
    return tree.query_radius(np.radians(candidates), radius_m / MEAN_RADIUS_M)


def heap_greedy(lists, villages, sites):
    """Lazy greedy over the lists, as one writes it with numpy."""
    uncovered = np.ones(villages, dtype=bool)
    heap = [(-len(row), i) for i, row in enumerate(lists)]
    heapq.heapify(heap)
    covered = 0
    for _ in range(min(sites, len(lists))):
        while True:
            bound, i = heap[0]
            gain = int(np.count_nonzero(uncovered[lists[i]]))
            if gain == -bound:
                heapq.heappop(heap)
                break
            heapq.heapreplace(heap, (-gain, i))
        uncovered[lists[i]] = False
        covered += gain
    return covered


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--villages", type=int, default=100_000)
    options.add_argument("--candidates", type=int, default=100_000)
    options.add_argument("--radius", type=float, default=5_000.0, help="metres")
    options.add_argument("--sites", type=int, default=50)
    options.add_argument("--counts-only", action="store_true", help="no lists by BallTree (they need much memory)")
    options = options.parse_args()
    if not EXAMPLE.exists():
        sys.exit(f"{EXAMPLE} is missing: cargo build --release --example bench_cover")

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        paths = {}
        for what, n, seed in (("villages", options.villages, 1), ("candidates", options.candidates, 2)):
            paths[what] = folder / f"{what}.csv"
            with open(paths[what], "wb") as file:
                subprocess.run([EXAMPLE, "generate", str(n), str(seed)], stdout=file, check=True)
        points = {what: np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2) for what, path in paths.items()}
        counts_path = folder / "counts.txt"
        command = [EXAMPLE, paths["villages"], paths["candidates"], str(options.radius), str(options.sites), counts_path]
        ours = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        our_counts = np.loadtxt(counts_path, dtype=np.int64, ndmin=1)

    villages, candidates = points["villages"], points["candidates"]
    counts, kd_s = cpu(lambda: kd_counts(villages, candidates, options.radius))
    differing = int(np.count_nonzero(our_counts != counts))
    result = {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__},
        "phusong": ours,
        "cKDTree": {"count_s": kd_s, "pairs": int(counts.sum()), "rows_that_differ": differing},
        "ratio": {"count": kd_s / ours["count"]["total_s"]},
    }
    if not options.counts_only:
        lists, list_s = cpu(lambda: ball_lists(villages, candidates, options.radius))
        covered, greedy_s = cpu(lambda: heap_greedy(lists, len(villages), options.sites))
        pairs = sum(len(row) for row in lists)
        result["BallTree"] = {"lists_s": list_s, "greedy_s": greedy_s, "pairs": pairs, "covered": covered}
        result["ratio"]["lists"] = list_s / ours["lists"]["total_s"]
        sorted_s = ours["lists"]["total_s"] + ours["lists"]["expand_sorted_s"]
        result["ratio"]["lists_expanded_and_sorted"] = list_s / sorted_s
        result["ratio"]["lists_and_greedy"] = (list_s + greedy_s) / ours["greedy"]["total_s"]
    print(json.dumps(result, indent=2))
    # The k-d tree also counts pairs whose chord, but not whose geodesic, is within the radius: never fewer.
    missing = int(np.count_nonzero(our_counts > counts))
    off = int(counts.sum() - our_counts.sum())
    if missing or off > 1 + 1e-6 * counts.sum():
        sys.exit(f"counts disagree: {differing} rows, {off} pairs")


if __name__ == "__main__":
    main()
