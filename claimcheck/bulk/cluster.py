"""The same work on Ray Data: actors that load the model once, with back-pressure and retries from the engine.

One task reads the input, part by part, as fast as the actors take the parts. An actor gives back the files of a part
as bytes, so that the output need not lie where actors can write; this process, which started the run, puts them in
their place as for any other engine. Parts are the same, and so are the reports.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.bulk.jobs import Jobs, Todo
from claimcheck.bulk.pool import work_through
from claimcheck.bulk.work import Done, Job, do, keep_to_one_core
from claimcheck.bulk.write import refused, settle
from claimcheck.errors import ClaimcheckError
from claimcheck.extras import require

if TYPE_CHECKING:
    import pandas as pd

    from claimcheck.bulk.run import Engine
    from claimcheck.checker import Checker

Row = dict[str, Any]

_RETRIES = 2
"""Of a part whose actor died. A part that fails more often is done here, where the article at fault is found."""
_FAILED_PARTS = 16
"""Parts that may fail so; more of them are no fault of articles."""


def on_ray(address: str | None = None) -> Engine:
    """An engine that does jobs on a Ray cluster.

    Inputs that are files of one article, and the model, must lie under the same path on every node; files of many
    articles where Ray runs the task that reads them.

    Args:
        address: of the cluster, as ``ray.init`` takes it; by default that of the environment, or else a new local one.

    Raises:
        ClaimcheckError: if the extra ``ray`` is not installed.
    """
    require("Work on Ray", "ray", "ray", "pandas", "pyarrow")

    def engine(
        jobs: Todo, load: Callable[[], Checker], *, workers: int | None, progress: Callable[[int], None]
    ) -> Iterator[Done]:
        finished = 0
        seen = set()
        with _cluster(address):
            for row in _rows(jobs.jobs, load, workers):
                done = _received(row, jobs.jobs.folder)
                seen.add(done.number)
                finished += done.entries
                progress(finished)
                yield done
        # Iterated here for what Ray could not do, and for the number of parts and articles.
        rest = (job for job in jobs if job.part.number not in seen)
        yield from work_through(rest, load, workers=1, progress=lambda n: progress(finished + n))

    return engine


def _ray() -> Any:
    """Ray, which is typed only in part."""
    import ray
    import ray.data

    return ray


@contextmanager
def _cluster(address: str | None) -> Iterator[None]:
    """Be connected to the cluster; errors of Ray as ours."""
    ray = _ray()
    ours = not ray.is_initialized()
    try:
        if ours:
            ray.init(address=address, logging_level=logging.ERROR, log_to_driver=False)
        yield
    except (ray.exceptions.RayError, ConnectionError) as error:
        said = str(error).strip().splitlines()[-1:] or [type(error).__name__]
        raise ClaimcheckError(f"Ray: {said[0]}. What is done stays done: run the same again to go on.") from error
    finally:
        if ours:
            ray.shutdown()


def _rows(jobs: Jobs, load: Callable[[], Checker], workers: int | None) -> Iterator[Row]:
    """What the actors give back, in any order."""
    import pandas as pd

    ray = _ray()
    # Set up by the import; we have a progress bar of our own.
    logging.getLogger("ray.data").setLevel(logging.ERROR)

    def read() -> Iterator[pd.DataFrame]:
        for job in jobs:
            yield pd.DataFrame({"job": pd.Series([job], dtype=object)})

    datasource: Any = ray.data.Datasource

    class Parts(datasource):  # type: ignore[misc]
        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(self, *args: Any, **options: Any) -> list[Any]:
            unknown = ray.data.block.BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [ray.data.ReadTask(read, unknown)]

    dataset = ray.data.read_datasource(Parts(), override_num_blocks=1, num_cpus=0)
    context = dataset.context
    context.target_max_block_size = 1  # one part to a block, which is what is given to an actor, and retried
    context.max_errored_blocks = _FAILED_PARTS
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    most = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    with warnings.catch_warnings():
        # Up to Ray 2.60 retries can be set in no other way, and it says that this one will go (in 2.64).
        warnings.filterwarnings("ignore", message="`ray_remote_args` is deprecated")
        done = dataset.map_batches(
            _Actor,
            fn_constructor_args=(load,),
            batch_size=1,
            batch_format="pandas",
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=most, initial_size=most),
            num_cpus=1,
            max_restarts=-1,
            max_task_retries=_RETRIES,
        )
    yield from done.iter_rows()


class _Actor:
    """Loads the model once, and does jobs."""

    def __init__(self, load: Callable[[], Checker]) -> None:
        keep_to_one_core()
        self._checker = load()

    def __call__(self, batch: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        (job,) = batch["job"]
        return pd.DataFrame([_sent(job, self._checker)])


def _sent(job: Job, checker: Checker) -> Row:
    """Do a job; what has been done, the contents of its files included, as a row of plain values."""
    with tempfile.TemporaryDirectory() as folder:
        done = do(replace(job, folder=Path(folder)), checker, lambda _: None)
        return {
            "number": done.number,
            "entries": done.entries,
            "tables": list(done.files),
            "names": [path.name for path in done.files.values()],
            "contents": [path.read_bytes() for path in done.files.values()],
        }


def _received(row: Row, folder: Path) -> Done:
    """What `_sent` sent, with its files in ``folder``."""
    files = {}
    for table, name, content in zip(row["tables"], row["names"], row["contents"], strict=True):
        files[str(table)] = folder / str(name)
        with refused(folder), open(files[str(table)], "wb") as stream:
            stream.write(content)
            settle(stream)
    return Done(int(row["number"]), int(row["entries"]), files)
