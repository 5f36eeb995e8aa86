"""One writer at a time: taken, renewed, taken over, lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from index.engines.lease import FILE, WAITS, EngineLeaseRow, Lease, LeaseClaim, leased
from index.errors import EngineOutOfReach, IndexBusy, LeaseLost
from index.types import silent


class Row:
    """A `LeaseRow` in memory, and a clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.claim: LeaseClaim | None = None
        self.now, self.slow = 0.0, 0.0
        self.asleep: list[Callable[[], None]] = []

    def read(self) -> LeaseClaim | None:
        """That of now."""
        return self.claim

    def write(self, claim: LeaseClaim) -> None:
        """Another."""
        self.now += self.slow
        self.claim = claim

    def sleep(self, seconds: float) -> None:
        """Time goes by, in which others do what they do."""
        self.now += seconds
        for act in self.asleep:
            act()

    def lease(self) -> Lease:
        return Lease(self, "milvus://h/n", clock=lambda: self.now, sleep=self.sleep)


@pytest.fixture
def row() -> Row:
    return Row()


def test_it_is_held_until_it_is_not_renewed(row: Row) -> None:
    lease = row.lease()
    with pytest.raises(LeaseLost):
        lease.require()
    lease.take()
    row.now += 40
    lease.renew()
    row.now += 40
    lease.require(10)
    with pytest.raises(LeaseLost):
        lease.require(30)
    row.now += 30
    with pytest.raises(LeaseLost, match="index again"):
        lease.require()


def test_who_gives_it_up_is_not_waited_for(row: Row) -> None:
    first, second = row.lease(), row.lease()
    first.take()
    first.give_up()
    before = row.now
    second.take()
    assert row.now - before == 1.0
    assert row.claim is not None
    assert row.claim.term == 2


def test_one_that_is_renewed_is_waited_for_until_it_is_too_long(row: Row) -> None:
    first, second, told = row.lease(), row.lease(), []
    first.take()
    row.asleep.append(first.renew)
    with pytest.raises(IndexBusy, match="wait for it"):
        second.take(waiting=lambda: told.append(1))
    assert row.now > WAITS
    assert told
    first.require()


def test_of_one_that_is_heard_no_more_the_place_is_taken_and_it_writes_nothing_more(
    row: Row,
) -> None:
    first, second = row.lease(), row.lease()
    first.take()
    row.now += 1000  # whatever the clock says: it is waited for as long as it was given
    begun = row.now
    second.take()
    assert 60 < row.now - begun < 65
    with pytest.raises(LeaseLost):
        first.require()
    with pytest.raises(LeaseLost):
        first.renew()
    first.give_up()
    second.require()


def test_of_a_process_that_died_here_nobody_waits(row: Row) -> None:
    first, second = row.lease(), row.lease()
    first.take()
    begun = row.now
    second.take([first.holder])
    assert row.now - begun == 1.0


def test_of_two_claims_at_the_same_time_one_counts(row: Row) -> None:
    first, second = row.lease(), row.lease()
    other = LeaseClaim("other", 1, 0, 60)
    claims = iter([other])
    row.asleep.append(lambda: row.write(next(claims, row.claim or other)))
    beats = iter(range(10**6))
    row.asleep.append(lambda: row.write(other._replace(beat=next(beats))))
    with pytest.raises(IndexBusy):  # the other's is seen, and renewed for ever
        first.take()
    with pytest.raises(LeaseLost):
        first.require()
    assert second.holder != first.holder


def test_a_claim_that_took_too_long_does_not_count(row: Row) -> None:
    row.slow = 0.6
    lease = row.lease()
    assert not lease._claims(1)
    row.slow = 0.0
    assert lease._claims(1)


def test_where_no_other_can_be_a_slow_claim_counts_at_once(row: Row) -> None:
    row.slow = 5.0
    lease = Lease(row, "x", settles=0.0, clock=lambda: row.now, sleep=row.sleep)
    lease.take()
    assert row.now == 5.0
    lease.require()


def test_a_slow_claim_is_waited_out_however_long_a_lease_is(row: Row) -> None:
    row.slow = 0.6
    row.asleep.append(lambda: setattr(row, "slow", 0.0))
    lease = Lease(row, "x", seconds=2400, clock=lambda: row.now, sleep=row.sleep)
    lease.take()
    assert 2400 < row.now < 2410


def test_never_do_two_hold_it(row: Row) -> None:
    """Whoever claims, dies and renews in which order: of two that may write none is ahead."""
    chance = Random(7)
    for _ in range(300):
        row.claim, row.asleep = None, []
        leases = [row.lease() for _ in range(3)]
        for lease in chance.choices(leases, k=6):
            row.now += chance.choice([0, 5, 30, 61])
            waiting = Lease(row, "x", clock=lambda: row.now, sleep=row.sleep)
            (waiting if chance.random() < 0.5 else lease).take()
            held = [one for one in (*leases, waiting) if _holds(one)]
            assert len(held) <= 1


def _holds(lease: Lease) -> bool:
    try:
        lease.require()
    except LeaseLost:
        return False
    return True


def test_what_renews_goes_on_after_an_error_and_stops_when_it_is_lost() -> None:
    row, ended = Row(), threading.Event()
    lease = Lease(row, "x", seconds=0.3, settles=0.01)
    lease.take()
    failed: list[int] = []
    read = row.read

    def failing() -> LeaseClaim | None:
        if not failed:
            failed.append(1)
            raise EngineOutOfReach("away")
        return read()

    row.read = failing  # type: ignore[method-assign]
    thread = threading.Thread(target=lease.keep, args=(ended,))
    thread.start()
    for _ in range(100):
        ended.wait(0.05)
        if row.claim is not None and row.claim.beat > 2:
            break
    assert row.claim is not None
    assert row.claim.beat > 2
    row.claim = LeaseClaim("another", 9, 0, 60)
    thread.join(5)
    assert not thread.is_alive()
    with pytest.raises(LeaseLost):
        lease.require()


def test_this_machine_remembers_who_held_it(row: Row, tmp_path: Path) -> None:
    dead = row.lease()
    dead.take()
    (tmp_path / FILE).write_text(f"older {dead.holder}")
    lease, begun = row.lease(), row.now
    with leased(lease, tmp_path, silent):
        assert row.now - begun == 1.0
        assert (tmp_path / FILE).read_text() == lease.holder
    assert row.claim is not None
    assert row.claim.holder == ""


def test_the_row_of_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("milvus_lite", reason="the extra milvus is not installed")
    from index.engines import connection, lite
    from index.engines.address import address_of
    from index.engines.milvus_writer import MilvusWriter

    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    own = connection.connected(address_of(Path(f"milvus+lite:{tmp_path}/lite")))
    row = EngineLeaseRow(own)
    lease = Lease(row, "x", settles=0.0)
    MilvusWriter(own, lease.require).create_states()
    assert row.read() is None
    with leased(lease, tmp_path, silent):
        lease.renew()
        claim = row.read()
        assert claim is not None
        assert (claim.holder, claim.beat) == (lease.holder, 1)
    connection.connected.cache_clear()
    lite.stop()
