from __future__ import annotations

import hashlib
import math
from dataclasses import replace

import pytest

from lingtan.seal import GENESIS, Broken, Json, Seal, Whole, canonical, chain, digest, verify_chain

PAYLOADS: list[Json] = [{"line": 1, "cny": 10.25}, {"line": 2, "cny": 20.0}, {"line": 3, "cny": 0.1}]


def test_canonical_bytes_do_not_depend_on_the_order_of_keys() -> None:
    """Rules out dict order, blanks, escaped Chinese and rounded floats in what is hashed."""
    expected = '{"a":["碳",null,true],"b":0.1,"c":1e+22}'.encode()
    assert canonical({"c": 1e22, "b": 0.1, "a": ["碳", None, True]}) == expected
    assert canonical({"a": ["碳", None, True], "b": 0.1, "c": 1e22}) == expected


def test_the_digest_is_sha_256() -> None:
    """SHA-256 of the two bytes `{}`, as `printf '{}' | sha256sum` gives it."""
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_link_is_the_hash_of_both_digests() -> None:
    """The format is public: whoever has the payloads can recompute a chain with any SHA-256."""
    own = hashlib.sha256(b'"x"').hexdigest()
    assert chain(["x"]) == [Seal("0" * 64, own, hashlib.sha256(("0" * 64 + own).encode()).hexdigest())]


@pytest.mark.parametrize("value", [math.nan, math.inf, [1.0, -math.inf], {"deep": [{"er": math.nan}]}])
def test_numbers_that_json_does_not_have_are_refused(value: Json) -> None:
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        digest(value)


@pytest.mark.parametrize("value", [{1: "a"}, [{"deep": {None: 1}}], {"when": object()}, {1, 2}])
def test_data_that_json_does_not_have_is_refused(value: Json) -> None:
    """Rules out that the keys 1 and "1" have one digest."""
    with pytest.raises(TypeError, match=r"^keys must be text, got |is not JSON serializable$"):
        digest(value)


def test_a_true_chain_is_whole() -> None:
    assert verify_chain(PAYLOADS, chain(PAYLOADS)) == Whole(3)
    assert verify_chain([], []) == Whole(0)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_changed_payload_is_found_where_it_stands(position: int) -> None:
    changed = [*PAYLOADS]
    changed[position] = {"line": position + 1, "cny": 0.0}
    assert verify_chain(changed, chain(PAYLOADS)) == Broken(position, "payload")


def test_a_payload_that_cannot_be_sealed_is_a_broken_link() -> None:
    """Rules out a fault of ours when someone writes NaN into a sealed file."""
    assert verify_chain([{"cny": math.nan}], chain([{"cny": 1.0}])) == Broken(0, "payload")


@pytest.mark.parametrize("name", ["previous", "digest"])
def test_a_changed_seal_is_found(name: str) -> None:
    seals = chain(PAYLOADS)
    seals[1] = replace(seals[1], **{name: "f" * 64})
    assert verify_chain(PAYLOADS, seals) == Broken(1, "link")


def test_a_payload_changed_together_with_its_own_seal_breaks_the_next_link() -> None:
    """Rules out links that hash their payload alone."""
    changed = [PAYLOADS[0], {"line": 2, "cny": 99.0}, PAYLOADS[2]]
    seals = chain(PAYLOADS)
    seals[1] = chain(changed)[1]
    assert verify_chain(changed, seals) == Broken(2, "link")


def test_links_cannot_be_swapped_or_taken_out() -> None:
    seals = chain(PAYLOADS)
    assert verify_chain([PAYLOADS[1], PAYLOADS[0], PAYLOADS[2]], [seals[1], seals[0], seals[2]]) == Broken(0, "link")
    assert verify_chain([PAYLOADS[0], PAYLOADS[2]], [seals[0], seals[2]]) == Broken(1, "link")


def test_lengths_that_differ_are_told() -> None:
    seals = chain(PAYLOADS)
    assert verify_chain(PAYLOADS, seals[:2]) == Broken(2, "missing-seal")
    assert verify_chain(PAYLOADS[:2], seals) == Broken(2, "missing-payload")


def test_a_chain_goes_on_from_its_last_digest() -> None:
    first = chain(PAYLOADS[:1])
    rest = chain(PAYLOADS[1:], previous=first[-1].digest)
    assert first + rest == chain(PAYLOADS)
    assert verify_chain(PAYLOADS[1:], rest, previous=first[-1].digest) == Whole(2)
    assert verify_chain(PAYLOADS[1:], rest, previous=GENESIS) == Broken(0, "link")
