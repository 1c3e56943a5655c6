// Judges recorded histories by porcupine: a second opinion on what test/support/history/linearizability.ts says. The model is written anew
// from docs/TESTING.md, and shares no code with the other judge.
//
//	porcupine [-timeout 60s] FILE...
//
// prints a line for each file: {"file":…,"verdict":"linearizable" | "not-linearizable" | "gave-up"}.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

func main() {
	timeout := flag.Duration("timeout", time.Minute, "for each part of a history; after it the verdict is gave-up")
	flag.Parse()
	for _, path := range flag.Args() {
		read, err := readHistory(path)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			os.Exit(1)
		}
		line, err := json.Marshal(map[string]string{"file": path, "verdict": verdict(read, *timeout)})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}

func verdict(read recordedHistory, timeout time.Duration) string {
	parts, isPossible := partition(read)
	if !isPossible {
		return "not-linearizable"
	}
	result := "linearizable"
	for _, part := range parts {
		switch porcupine.CheckOperationsTimeout(model(read.Initial), part, timeout) {
		case porcupine.Illegal:
			return "not-linearizable"
		case porcupine.Unknown:
			result = "gave-up"
		}
	}
	return result
}

// Log time is whole milliseconds.
const roundingMs = 1

// Cuts a history into parts that share no key. False when an EXEC succeeded although its WATCH was refused.
func partition(read recordedHistory) ([][]porcupine.Operation, bool) {
	byInvocation := map[int64]operation{}
	for _, each := range read.Operations {
		byInvocation[each.Invoked] = each
	}
	var kept []porcupine.Operation
	usedWatches := map[int64]bool{}
	for _, each := range read.Operations {
		isAborted := each.Call.Type == "transaction" && each.Outcome.Type == "ok" && each.Outcome.Answer.Type == "null"
		if each.Outcome.Type == "refused" || each.Call.Type == "watch" || isAborted {
			continue
		}
		in := inputOf(each, read.LogTimeErrorMs)
		isDoubtful := false
		for _, id := range each.Call.Watches {
			watched := byInvocation[id]
			isDoubtful = isDoubtful || watched.Outcome.Type == "refused"
			for _, key := range watched.Call.Keys {
				in.watched[key] = true
				in.keys = appendOnce(in.keys, key)
			}
			if watched.Outcome.Type == "ok" {
				in.watches = append(in.watches, id)
			}
		}
		if isDoubtful && each.Outcome.Type == "ok" {
			return nil, false
		}
		if isDoubtful {
			continue
		}
		kept = append(kept, operationOf(each, in))
		for _, id := range in.watches {
			if !usedWatches[id] {
				usedWatches[id] = true
				kept = append(kept, operationOf(byInvocation[id], inputOf(byInvocation[id], read.LogTimeErrorMs)))
			}
		}
	}
	return connected(kept), true
}

func inputOf(each operation, logTimeErrorMs *float64) *input {
	in := &input{id: each.Invoked, watched: map[string]bool{}, isWatch: each.Call.Type == "watch", isExec: each.Call.Type == "transaction"}
	switch each.Call.Type {
	case "watch":
		for _, key := range each.Call.Keys {
			in.keys = appendOnce(in.keys, key)
		}
	case "transaction":
		in.commands = each.Call.Commands
	default:
		in.commands = [][]string{each.Call.Words}
	}
	for _, words := range in.commands {
		for _, key := range keysOf(words) {
			in.keys = appendOnce(in.keys, key)
		}
	}
	errorMs := float64(roundingMs)
	if logTimeErrorMs != nil {
		errorMs += *logTimeErrorMs
	}
	in.from, in.to = each.InvokedAtMs-errorMs, math.Inf(1)
	if each.Outcome.Type == "ok" {
		in.to = each.ReturnedAtMs + errorMs
	}
	return in
}

// A call of unknown outcome may take effect at any time: at the end, if it matters to nobody.
func operationOf(each operation, in *input) porcupine.Operation {
	made := porcupine.Operation{ClientId: each.Client, Input: in, Call: each.Invoked, Output: (*answer)(nil), Return: math.MaxInt64}
	if each.Outcome.Type == "ok" {
		given := each.Outcome.Answer
		made.Output, made.Return = &given, each.Returned
	}
	return made
}

func connected(operations []porcupine.Operation) [][]porcupine.Operation {
	parent := map[string]string{}
	var root func(string) string
	root = func(key string) string {
		if above, isKnown := parent[key]; isKnown && above != key {
			parent[key] = root(above)
			return parent[key]
		}
		return key
	}
	for _, each := range operations {
		for _, key := range each.Input.(*input).keys {
			parent[root(key)] = root(each.Input.(*input).keys[0])
		}
	}
	at := map[string]int{}
	var parts [][]porcupine.Operation
	for _, each := range operations {
		name := ""
		if keys := each.Input.(*input).keys; len(keys) > 0 {
			name = root(keys[0])
		}
		index, isKnown := at[name]
		if !isKnown {
			index = len(parts)
			at[name] = index
			parts = append(parts, nil)
		}
		parts[index] = append(parts[index], each)
	}
	return parts
}

func appendOnce(keys []string, key string) []string {
	for _, each := range keys {
		if each == key {
			return keys
		}
	}
	return append(keys, key)
}
