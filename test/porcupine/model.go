package main

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/anishathalye/porcupine"
)

// One call as porcupine takes it.
type input struct {
	id       int64 // its invocation
	isWatch  bool
	isExec   bool
	keys     []string // in the order of their first mention
	watched  map[string]bool
	watches  []int64 // the WATCH calls that it rests on
	commands [][]string
	from, to float64 // log times between which it took effect
}

// A state: keys, and for each WATCH whose EXEC has not come whether something that it watches was touched. Its name says it all, so that
// equal states have equal names.
type state struct {
	name    string
	keys    map[string]keyState
	watches map[int64]watch
}

type watch struct {
	keys    []string
	touched bool
}

func named(keys map[string]keyState, watches map[int64]watch) state {
	var parts []string
	for key, at := range keys {
		if at != noKey {
			parts = append(parts, fmt.Sprintf("%q=%v %q %v %v", key, at.present, at.value, at.earliest, at.latest))
		}
	}
	for id, each := range watches {
		parts = append(parts, fmt.Sprintf("watch %d %v", id, each.touched))
	}
	sort.Strings(parts)
	return state{strings.Join(parts, "\n"), keys, watches}
}

// Deterministic in all but deadlines: a call may find a key before its deadline or past it, when log time is not known so well. Answers of
// unknown calls are nil, and so is what they do known only in part.
func model(initial map[string]string) porcupine.Model {
	nondeterministic := porcupine.NondeterministicModel{
		Init: func() []interface{} {
			keys := map[string]keyState{}
			for key, value := range initial {
				keys[key] = withValue(value)
			}
			return []interface{}{named(keys, nil)}
		},
		Step: func(from, in, out interface{}) []interface{} {
			return step(from.(state), in.(*input), out.(*answer))
		},
		Equal: func(a, b interface{}) bool { return a.(state).name == b.(state).name },
	}
	return nondeterministic.ToModel()
}

func step(from state, in *input, answered *answer) []interface{} {
	mayRun := true
	for _, id := range in.watches {
		each, isActive := from.watches[id]
		mayRun = mayRun && isActive && !each.touched
	}
	var next []interface{}
	if mayRun {
		judge(from, in, 0, in.from, in.to, nil, func(expired []string) {
			if to, given := run(from, in, expired); answered == nil || equal(given, normal(in, *answered)) {
				next = append(next, to)
			}
		})
	}
	if answered == nil && len(next) == 0 {
		next = append(next, from)
	}
	return next
}

// All keys of a call are judged at one log time, which lies between from and to; found is told which of them are past their deadlines.
func judge(at state, in *input, index int, from, to float64, expired []string, found func([]string)) {
	if from > to {
		return
	}
	if index == len(in.keys) {
		found(expired)
		return
	}
	name := in.keys[index]
	key, isKnown := at.keys[name]
	if !isKnown {
		key = noKey
	}
	past := math.Max(from, key.earliest)
	if !key.present {
		judge(at, in, index+1, past, to, expired, found)
		return
	}
	before := math.Min(to, key.latest)
	if in.isWatch { // it looks at touches, and a key that is due was not touched yet
		before = to
	}
	judge(at, in, index+1, from, before, expired, found)
	if !math.IsInf(key.earliest, 1) && !in.watched[name] { // an expiry is a touch, after which EXEC aborts
		judge(at, in, index+1, past, to, append(expired[:len(expired):len(expired)], name), found)
	}
}

func run(from state, in *input, expired []string) (state, answer) {
	s := &store{map[string]keyState{}, map[string]bool{}, in.from, in.to}
	for name, key := range from.keys {
		s.keys[name] = key
	}
	for _, name := range in.keys {
		if _, isKnown := s.keys[name]; !isKnown {
			s.keys[name] = noKey
		}
	}
	for _, name := range expired {
		s.put(name, keyState{false, "", s.keys[name].earliest, s.keys[name].earliest})
	}
	given := answer{Type: "array"}
	for _, words := range in.commands {
		given.Items = append(given.Items, s.run(words))
	}
	watches := map[int64]watch{}
	for id, each := range from.watches {
		for _, key := range each.keys {
			each.touched = each.touched || s.touched[key]
		}
		watches[id] = each
	}
	for _, id := range in.watches {
		delete(watches, id)
	}
	if in.isWatch {
		watches[in.id] = watch{keys: in.keys}
		given = status("OK")
	} else if !in.isExec {
		given = given.Items[0]
	}
	return named(s.keys, watches), given
}

// A recorded answer as the model gives it: one remaining time to live for all.
func normal(in *input, recorded answer) answer {
	forgetTime := func(words []string, each answer) answer {
		if (words[0] == "TTL" || words[0] == "PTTL") && each.Type == "integer" && each.Value > 0 {
			return number(0)
		}
		return each
	}
	if in.isWatch {
		return recorded
	}
	if !in.isExec {
		return forgetTime(in.commands[0], recorded)
	}
	items := append([]answer(nil), recorded.Items...)
	for at := range items {
		if at < len(in.commands) {
			items[at] = forgetTime(in.commands[at], items[at])
		}
	}
	recorded.Items = items
	return recorded
}

func equal(a, b answer) bool {
	if a.Type != b.Type || a.Text != b.Text || a.Message != b.Message || a.Value != b.Value || len(a.Items) != len(b.Items) {
		return false
	}
	for at := range a.Items {
		if !equal(a.Items[at], b.Items[at]) {
			return false
		}
	}
	return true
}
