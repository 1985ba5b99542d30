"""The tree against the published vectors, its definition, and two checkers that share no code with it."""

import json
import runpy
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from portal.sharing.ledger import tree
from portal.sharing.ledger.tree import Growing, Hash, Subtree

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = runpy.run_path(str(ROOT / "docs" / "controleer.py"))
UP_TO = 130
"""All sizes, each leaf and each earlier size of it."""

# Of Certificate Transparency's own tests (google/certificate-transparency, merkletree_test; also in
# transparency-dev/merkle): the inputs, the root at each size, and proofs. RFC 6962 hashes as RFC 9162 does.
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = [  # place, size, path
    (0, 1, []),
    (0, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (5, 8, [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]),
]  # fmt: skip
CONSISTENCIES = [  # earlier, later, path
    (1, 1, []),
    (1, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (6, 8, [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 5, [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]),
]  # fmt: skip


class Log:
    """A tree in memory, with all that is kept of it."""

    def __init__(self, contents: Sequence[bytes]) -> None:
        self.leaves = [tree.leaf_hash(one) for one in contents]
        self.kept: dict[Subtree, Hash] = {Subtree(at, 0): leaf for at, leaf in enumerate(self.leaves)}
        self.roots, growing = [tree.EMPTY], Growing()
        for leaf in self.leaves:
            self.kept.update(growing.add(leaf))
            self.roots.append(growing.root())

    def read(self, wanted: Sequence[Subtree]) -> dict[Subtree, Hash]:
        return {one: self.kept[one] for one in wanted}

    def inclusion(self, place: int, size: int) -> list[Hash]:
        return tree.inclusion(place, size, self.read)

    def consistency(self, earlier: int, later: int) -> list[Hash]:
        return tree.consistency(earlier, later, self.read)


@pytest.fixture(scope="module")
def log() -> Log:
    return Log([at.to_bytes(3, "big") for at in range(300)])


@pytest.fixture(scope="module")
def published() -> Log:
    return Log([bytes.fromhex(one) for one in INPUTS])


def as_defined(leaves: Sequence[Hash]) -> Hash:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else tree.EMPTY
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return tree.node_hash(as_defined(leaves[:split]), as_defined(leaves[split:]))


def test_roots_are_the_published_ones(published):
    assert [one.hex() for one in published.roots[1:]] == ROOTS
    assert tree.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("place", "size", "path"), INCLUSIONS)
def test_inclusion_proofs_are_the_published_ones(published, place, size, path):
    assert [one.hex() for one in published.inclusion(place, size)] == path
    hashes = [bytes.fromhex(one) for one in path]
    assert tree.includes(published.leaves[place], place, size, hashes, published.roots[size])


@pytest.mark.parametrize(("earlier", "later", "path"), CONSISTENCIES)
def test_consistency_proofs_are_the_published_ones(published, earlier, later, path):
    assert [one.hex() for one in published.consistency(earlier, later)] == path
    hashes = [bytes.fromhex(one) for one in path]
    assert tree.only_grew(earlier, published.roots[earlier], later, published.roots[later], hashes)


def test_every_root_is_as_the_rfc_defines_it(log):
    for size in range(201):
        assert log.roots[size] == as_defined(log.leaves[:size]) == tree.root_of(size, log.read)
    assert tree.root(log.leaves) == log.roots[-1]


def test_every_leaf_of_every_size_is_proven_by_us_and_by_the_residents_script(log):
    by_script = SCRIPT["wortel_via"]
    for size in range(1, UP_TO + 1):
        for place in range(size):
            path = log.inclusion(place, size)
            assert tree.includes(log.leaves[place], place, size, path, log.roots[size])
            assert by_script(log.leaves[place], place, size, path) == log.roots[size]


def test_every_growth_is_proven_by_us_and_by_the_residents_script(log):
    by_script = SCRIPT["wortels_via"]
    for later in range(1, UP_TO + 1):
        for earlier in range(1, later + 1):
            path, roots = log.consistency(earlier, later), (log.roots[earlier], log.roots[later])
            assert tree.only_grew(earlier, roots[0], later, roots[1], path)
            assert by_script(earlier, roots[0], later, path) == roots


def test_no_other_leaf_place_size_root_or_path_is_proven(log):
    random = Random(9162)
    for _ in range(2000):
        size = random.randrange(2, 300)
        place = random.randrange(size)
        path, root, leaf = log.inclusion(place, size), log.roots[size], log.leaves[place]
        wrong_path = list(path)
        wrong_path[random.randrange(len(path))] = random.randbytes(32)
        assert not tree.includes(log.leaves[place - 1], place, size, path, root)
        assert not tree.includes(leaf, (place + 1) % size, size, path, root)
        assert not tree.includes(leaf, place, size, wrong_path, root)
        assert not tree.includes(leaf, place, size, path[:-1], root)
        assert not tree.includes(leaf, place, size, [*path, root], root)
        assert not tree.includes(leaf, place, size, path, log.roots[size - 1])
        assert not tree.includes(leaf, size, size, path, root)
        assert not tree.includes(leaf, -1, size, path, root)


def test_no_shrinking_rewriting_or_forged_growth_is_proven(log):
    random = Random(6962)
    for _ in range(2000):
        later = random.randrange(3, 300)
        earlier = random.randrange(1, later)
        path, then, now = log.consistency(earlier, later), log.roots[earlier], log.roots[later]
        wrong_path = list(path)
        wrong_path[random.randrange(len(path))] = random.randbytes(32)
        assert not tree.only_grew(earlier, random.randbytes(32), later, now, path)
        assert not tree.only_grew(earlier, then, later, random.randbytes(32), path)
        assert not tree.only_grew(earlier, then, later, now, wrong_path)
        assert not tree.only_grew(earlier, then, later, now, path[:-1])
        assert not tree.only_grew(earlier, then, later, now, [*path, now])
        assert not tree.only_grew(later, now, earlier, then, path)
        assert not tree.only_grew(0, tree.EMPTY, later, now, path)
        assert not tree.only_grew(earlier, then, earlier, now, [])


def test_a_byte_of_a_leaf_changed_a_leaf_removed_or_two_swapped_gives_another_root(log):
    random = Random(1000)
    for _ in range(200):
        leaves, at = list(log.leaves), random.randrange(300)
        other = (at + random.randrange(1, 300)) % 300
        byte, bit = random.randrange(32), 1 << random.randrange(8)
        changed = bytes(value ^ bit if place == byte else value for place, value in enumerate(leaves[at]))
        assert tree.root([*leaves[:at], changed, *leaves[at + 1 :]]) != log.roots[300]
        assert tree.root(leaves[:at] + leaves[at + 1 :]) != log.roots[300]
        leaves[at], leaves[other] = leaves[other], leaves[at]
        assert tree.root(leaves) != log.roots[300]


def test_what_is_not_in_the_tree_has_no_proof(log):
    for question in (
        lambda: log.inclusion(5, 5),
        lambda: log.consistency(0, 5),
        lambda: log.consistency(6, 5),
    ):
        with pytest.raises(ValueError, match="tree"):
            question()


def test_a_tree_remembers_no_more_hashes_than_its_size_has_ones():
    with pytest.raises(ValueError, match="perfect subtrees"):
        Growing(5, [b"x" * 32])


def test_proofs_of_ten_million_leaves_have_at_most_24_hashes_and_ask_for_few():
    asked: list[int] = []

    def read(wanted):
        asked.append(len(wanted))
        return dict.fromkeys(wanted, bytes(32))

    random, size = Random(7), 10_000_000
    for _ in range(300):
        assert len(tree.inclusion(random.randrange(size), size, read)) <= 24
        assert len(tree.consistency(random.randrange(1, size), size, read)) <= 25
    assert max(asked) <= 48


NODE = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
CASES = """
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { fromHex, includes, leafOf, onlyGrew, isSigned } from "%s";
globalThis.crypto ??= webcrypto;
const { inclusions, growths, leaves, heads, keys } = JSON.parse(readFileSync(0, "utf8"));
const path = (one) => one.path.map(fromHex);
const said = { inclusions: [], growths: [], leaves: [], heads: [] };
for (const one of inclusions)
  said.inclusions.push(await includes(fromHex(one.leaf), one.place, one.size, path(one), fromHex(one.root)));
for (const one of growths)
  said.growths.push(await onlyGrew(one.earlier, fromHex(one.then), one.later, fromHex(one.now), path(one)));
for (const one of leaves)
  said.leaves.push(Buffer.from(await leafOf(one.text, fromHex(one.salt))).toString("hex"));
for (const one of heads) said.heads.push(await isSigned(one, keys));
console.log(JSON.stringify(said));
"""


def in_javascript(tmp_path: Path, **cases: list) -> dict[str, list]:
    """What the browser's own code says, run by Node."""
    code = (ROOT / "portal" / "sharing" / "static" / "sharing" / "ledger.js").read_text()
    (tmp_path / "ledger.mjs").write_text(code)
    (tmp_path / "cases.mjs").write_text(CASES % "./ledger.mjs")
    given = json.dumps({"inclusions": [], "growths": [], "leaves": [], "heads": [], "keys": []} | cases)
    done = subprocess.run(
        [NODE, str(tmp_path / "cases.mjs")], input=given, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_browsers_code_proves_what_we_prove_and_nothing_else(log, tmp_path):
    random = Random(2119)
    inclusions, growths = [], []
    for size in [*range(1, 65), 100, 129, 200, 255, 256, 257, 299]:
        for place in {0, size - 1, size // 2, random.randrange(size)}:
            one = {
                "leaf": log.leaves[place].hex(),
                "place": place,
                "size": size,
                "root": log.roots[size].hex(),
            }
            path = [beside.hex() for beside in log.inclusion(place, size)]
            inclusions.append({**one, "path": path})
            inclusions.append({**one, "path": [*path, one["root"]]})
            inclusions.append({**one, "path": path, "root": log.roots[size - 1].hex()})
            earlier = place + 1
            both = {"earlier": earlier, "then": log.roots[earlier].hex(), "later": size, "now": one["root"]}
            grown = [beside.hex() for beside in log.consistency(earlier, size)]
            growths.append({**both, "path": grown})
            growths.append({**both, "path": [*grown, one["root"]]})
            growths.append({**both, "path": grown, "then": bytes(32).hex()})
    said = in_javascript(tmp_path, inclusions=inclusions, growths=growths)
    assert said["inclusions"] == [True, False, False] * (len(inclusions) // 3)
    assert said["growths"] == [True, False, False] * (len(growths) // 3)


@pytest.mark.parametrize("size", [10_000_000, 2**33 + 5], ids=["ten million", "past 32 bits"])
def test_the_browsers_code_proves_places_in_a_log_that_is_very_long(size, tmp_path):
    alike = [tree.leaf_hash(b"every leaf is the same")]
    while 2 ** len(alike) <= size:
        alike.append(tree.node_hash(alike[-1], alike[-1]))

    def read(wanted):
        return {one: alike[one.level] for one in wanted}

    random, root = Random(7), tree.root_of(size, read).hex()
    inclusions, growths = [], []
    for place in [0, size - 1, *(random.randrange(size) for _ in range(40))]:
        path = [beside.hex() for beside in tree.inclusion(place, size, read)]
        one = {"leaf": alike[0].hex(), "place": place, "size": size, "root": root, "path": path}
        assert len(path) <= (24 if size == 10_000_000 else 34)
        inclusions += [one, {**one, "leaf": bytes(32).hex()}]
        grown = [beside.hex() for beside in tree.consistency(place + 1, size, read)]
        then = tree.root_of(place + 1, read).hex()
        both = {"earlier": place + 1, "then": then, "later": size, "now": root, "path": grown}
        growths += [both, {**both, "then": bytes(32).hex()}]
    assert size != 10_000_000 or max(len(one["path"]) for one in inclusions) == 24
    said = in_javascript(tmp_path, inclusions=inclusions, growths=growths)
    assert said["inclusions"] == [True, False] * (len(inclusions) // 2)
    assert said["growths"] == [True, False] * (len(growths) // 2)


def test_the_browsers_code_and_the_script_make_the_same_leaf_as_we(tmp_path):
    from portal.sharing.ledger.entries import leaf
    from portal.sharing.purposes import canonical

    payloads = [{"act": "given", "é": "ß€😀", "a": None, "n": 7, "l": ["x", "\u2028"]}, {}]
    salt = bytes(range(32))
    texts = [canonical(one).decode() for one in payloads]
    said = in_javascript(tmp_path, leaves=[{"text": text, "salt": salt.hex()} for text in texts])
    assert said["leaves"] == [leaf(salt, one).hex() for one in payloads]
    assert said["leaves"] == [SCRIPT["blad"](text, salt).hex() for text in texts]
