// Ledgercheck reads a ledger from a folder with Go's own log libraries: the signature of its checkpoint, the root from
// its tiles, a proof for every entry, and every proof and older checkpoint of ours that lies beside it. It prints
// "OK <size> <proofs>" or ends with exit code 1.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: ledgercheck FOLDER VERIFIER-KEY")
		os.Exit(2)
	}
	size, proofs, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("OK", size, proofs)
}

func check(folder, key string) (int64, int, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return 0, 0, err
	}
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return 0, 0, err
	}
	tree, err := openCheckpoint(text, verifier)
	if err != nil {
		return 0, 0, err
	}
	reader := tlog.TileHashReader(tree, tileFolder(folder))
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return 0, 0, err
	}
	if root != tree.Hash {
		return 0, 0, fmt.Errorf("the tiles hash to %v and not to %v", root, tree.Hash)
	}
	leaves, err := checkEntries(folder, tree, reader)
	if err != nil {
		return 0, 0, err
	}
	proofs, err := checkProofs(folder, tree, leaves, verifier)
	return tree.N, proofs, err
}

// openCheckpoint reads the three lines of a C2SP checkpoint; tlog.ParseTree knows only those of the checksum database.
func openCheckpoint(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("not a root hash: %q", lines[2])
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}, nil
}

// tileFolder reads tiles of height 8, which C2SP paths do not name.
type tileFolder string

func (folder tileFolder) Height() int                     { return 8 }
func (folder tileFolder) SaveTiles([]tlog.Tile, [][]byte) {}
func (folder tileFolder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(folder), tilePath(tile)))
		if err != nil {
			return nil, err
		}
		read = append(read, bytes)
	}
	return read, nil
}

func tilePath(tile tlog.Tile) string {
	return filepath.Join("tile", strings.TrimPrefix(tile.Path(), "tile/8/"))
}

func checkEntries(folder string, tree tlog.Tree, reader tlog.HashReader) ([][]byte, error) {
	var leaves [][]byte
	for start := int64(0); start < tree.N; start += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: start / 256, W: int(min(256, tree.N-start))}
		path := strings.Replace(tilePath(tile), "tile/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			index := int64(len(leaves))
			path, err := tlog.ProveRecord(tree.N, index, reader)
			if err != nil {
				return nil, err
			}
			if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(bundle[2:end])); err != nil {
				return nil, fmt.Errorf("entry %d: %w", index, err)
			}
			leaves = append(leaves, rfc6962.DefaultHasher.HashLeaf(bundle[2:end]))
			bundle = bundle[end:]
		}
	}
	if int64(len(leaves)) != tree.N {
		return nil, fmt.Errorf("%d entries in a log of %d", len(leaves), tree.N)
	}
	return leaves, nil
}

// checkProofs reads *.tlog-proof (inclusion) and *.consistency (an older checkpoint after the hashes that lead from it).
func checkProofs(folder string, tree tlog.Tree, leaves [][]byte, verifier note.Verifier) (int, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.tlog-proof"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		lines, hashes, checkpoint, err := readProof(file)
		if err != nil {
			return 0, err
		}
		if _, err := openCheckpoint(checkpoint, verifier); err != nil {
			return 0, err
		}
		index, err := strconv.ParseUint(strings.TrimPrefix(lines[1], "index "), 10, 64)
		if err != nil || lines[0] != "c2sp.org/tlog-proof@v1" {
			return 0, fmt.Errorf("%s is no proof", file)
		}
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, index, uint64(tree.N), leaves[index], hashes, tree.Hash[:]); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
	}
	older, err := filepath.Glob(filepath.Join(folder, "*.consistency"))
	if err != nil {
		return 0, err
	}
	for _, file := range older {
		_, hashes, checkpoint, err := readProof(file)
		if err != nil {
			return 0, err
		}
		old, err := openCheckpoint(checkpoint, verifier)
		if err != nil {
			return 0, err
		}
		if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old.N), uint64(tree.N), hashes, old.Hash[:], tree.Hash[:]); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
	}
	return len(files) + len(older), nil
}

// readProof splits a file into two lines, hashes, and the checkpoint after the blank line.
func readProof(file string) ([]string, [][]byte, []byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, nil, err
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 {
		return nil, nil, nil, fmt.Errorf("%s is no proof", file)
	}
	var hashes [][]byte
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return nil, nil, nil, err
		}
		hashes = append(hashes, hash)
	}
	return lines, hashes, []byte(checkpoint), nil
}
