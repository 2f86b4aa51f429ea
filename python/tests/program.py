"""Stands for the program in tests of what the package makes of it: parts of rows, progress, faults on demand."""

import json
import os
import shutil
import sys
import time
from pathlib import Path


def main(arguments: list[str]) -> int:
    with Path(os.environ["FAKE_LOG"]).open("a") as log:
        log.write(json.dumps(arguments) + "\n")
    command, *rest = arguments
    out = Path(rest[rest.index("-o") + 1]) if "-o" in rest else None
    match command:
        case "partition" if "--reopen" in rest:
            scanned = sorted(Path(rest[rest.index("--reopen") + 1]).glob("*.json"))
            reopened = {int(path.stem) for path in scanned if json.loads(path.read_text())["open"]}
            write_plan(out, sorted(reopened))
        case "partition":
            write_plan(out, range(int(rest[rest.index("--parcels") + 1])))
        case "scan" if "--part" in rest:
            plan, _, number = rest[rest.index("--part") + 1].rpartition(":")
            if int(number) in json.loads(os.environ.get("FAKE_BROKEN", "[]")):
                return fail(f"part {number} is broken")
            if int(number) in json.loads(os.environ.get("FAKE_LOST", "[]")):
                lost = Path(os.environ["FAKE_PLANS"]) / f"lost-{number}"
                if not lost.exists():
                    lost.touch()
                    os.kill(os.getpid(), 9)
            out.mkdir(exist_ok=True)
            open_ = int(number) % 2 == 1 and "plan-1" in plan
            (out / f"{number}.json").write_text(json.dumps({"open": open_}))
        case "gather":
            parts = sorted(Path(rest[0]).glob("*.json"))
            out.mkdir()
            (out / "parcels.csv").write_text("\n".join(["parcel_id", *(path.stem for path in parts)]) + "\n")
            (out / "summary.json").write_text(json.dumps({"open": [json.loads(p.read_text())["open"] for p in parts]}))
        case "watch":
            for done in (0, 1, 2):
                print(json.dumps({"step": "reading", "done": done, "total": 2}, separators=(",", ":")), file=sys.stderr)
            print("a note", file=sys.stderr)
        case "hang":
            print("begun", file=sys.stderr, flush=True)
            time.sleep(60)
        case "die":
            os.kill(os.getpid(), 9)
        case _:
            return fail("no such command")
    return 0


def write_plan(path: Path, parts) -> None:
    """Copy one of the plans that were made beforehand, since to load what writes Parquet takes longer than all the rest."""
    shutil.copy(Path(os.environ["FAKE_PLANS"]) / "-".join(["plan", *map(str, parts)]), path)


def fail(message: str) -> int:
    print(f"plotratio: {message}", file=sys.stderr)
    return 2


sys.exit(main(sys.argv[1:]))
