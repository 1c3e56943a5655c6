package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// A key at one point of an order. With a value, its deadline by log time lies between the two times, both +Inf when it has none. Without
// one, log time has come to earliest, since a key with that deadline was seen gone; -Inf when nothing is known.
type keyState struct {
	present          bool
	value            string
	earliest, latest float64
}

var noKey = keyState{earliest: math.Inf(-1), latest: math.Inf(-1)}

func withValue(value string) keyState {
	return keyState{true, value, math.Inf(1), math.Inf(1)}
}

// Keys while one call runs: judged against their deadlines before.
type store struct {
	keys    map[string]keyState
	touched map[string]bool
	from    float64
	to      float64
}

func (s *store) put(key string, to keyState) {
	s.keys[key] = to
	s.touched[key] = true
}

func (s *store) remove(key string) bool {
	if !s.keys[key].present {
		return false
	}
	s.put(key, noKey)
	return true
}

func (s *store) deadline(value string, milliseconds float64) keyState {
	return keyState{true, value, s.from + milliseconds, s.to + milliseconds}
}

func text(value string) answer      { return answer{Type: "bulk", Text: value} }
func number(value int64) answer     { return answer{Type: "integer", Value: value} }
func status(text string) answer     { return answer{Type: "simple", Text: text} }
func failure(message string) answer { return answer{Type: "error", Message: message} }
func null() answer                  { return answer{Type: "null"} }

func (s *store) read(key string) answer {
	if at := s.keys[key]; at.present {
		return text(at.value)
	}
	return null()
}

func oneIf(is bool) answer {
	if is {
		return number(1)
	}
	return number(0)
}

// Which keys a command names.
func keysOf(words []string) []string {
	switch words[0] {
	case "MGET", "EXISTS", "DEL":
		return words[1:]
	case "MSET":
		var keys []string
		for at := 1; at < len(words); at += 2 {
			keys = append(keys, words[at])
		}
		return keys
	default:
		return words[1:2]
	}
}

func (s *store) run(words []string) answer {
	switch words[0] {
	case "GET":
		return s.read(words[1])
	case "MGET":
		found := answer{Type: "array"}
		for _, key := range words[1:] {
			found.Items = append(found.Items, s.read(key))
		}
		return found
	case "EXISTS":
		return s.count(words[1:], func(key string) bool { return s.keys[key].present })
	case "DEL":
		return s.count(words[1:], s.remove)
	case "GETDEL":
		before := s.read(words[1])
		s.remove(words[1])
		return before
	case "TTL", "PTTL":
		return s.timeToLive(words[1])
	case "SET":
		return s.set(words)
	case "MSET":
		for at := 1; at < len(words); at += 2 {
			s.put(words[at], withValue(words[at+1]))
		}
		return status("OK")
	case "INCR":
		return s.add(words[1], 1)
	case "DECR":
		return s.add(words[1], -1)
	case "INCRBY":
		return s.add(words[1], integerIn(words[2]))
	case "DECRBY":
		return s.add(words[1], -integerIn(words[2]))
	case "APPEND":
		return s.append(words[1], words[2])
	case "EXPIRE":
		return s.expire(words[1], 1000*integerIn(words[2]))
	case "PEXPIRE":
		return s.expire(words[1], integerIn(words[2]))
	case "PERSIST":
		return s.persist(words[1])
	}
	panic(fmt.Sprintf("the model has no command %s", words[0]))
}

func (s *store) count(keys []string, counts func(string) bool) answer {
	var sum int64
	for _, key := range keys {
		if counts(key) {
			sum++
		}
	}
	return number(sum)
}

// What is left of a time to live is not foretold: 0 stands for all of it.
func (s *store) timeToLive(key string) answer {
	at := s.keys[key]
	if !at.present {
		return number(-2)
	}
	if math.IsInf(at.earliest, 1) {
		return number(-1)
	}
	return number(0)
}

func (s *store) set(words []string) answer {
	before := s.keys[words[1]]
	answered := s.read(words[1])
	next := withValue(words[2])
	condition, returnsBefore := "", false
	for at := 3; at < len(words); at++ {
		switch words[at] {
		case "NX", "XX":
			condition = words[at]
		case "GET":
			returnsBefore = true
		case "KEEPTTL":
			if before.present {
				next.earliest, next.latest = before.earliest, before.latest
			}
		case "PX", "EX":
			unit := float64(1)
			if words[at] == "EX" {
				unit = 1000
			}
			at++
			next = s.deadline(words[2], unit*float64(integerIn(words[at])))
		default:
			panic(fmt.Sprintf("the model has no option %s", words[at]))
		}
	}
	sets := condition == "" || (condition == "XX") == before.present
	if sets {
		s.put(words[1], next)
	}
	if returnsBefore {
		return answered
	}
	if sets {
		return status("OK")
	}
	return null()
}

var integer = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)

func integerIn(word string) int64 {
	value, err := strconv.ParseInt(word, 10, 64)
	if err != nil || !integer.MatchString(word) {
		panic(fmt.Sprintf("%q is no integer", word))
	}
	return value
}

func (s *store) add(key string, by int64) answer {
	at := s.keys[key]
	if !at.present {
		at = withValue("0")
	}
	if !integer.MatchString(at.value) {
		return failure("ERR value is not an integer or out of range")
	}
	sum := integerIn(at.value) + by
	at.value = strconv.FormatInt(sum, 10)
	s.put(key, at)
	return number(sum)
}

func (s *store) append(key, end string) answer {
	at := s.keys[key]
	if !at.present {
		at = withValue("")
	}
	at.value += end
	s.put(key, at)
	return number(int64(len(at.value)))
}

func (s *store) expire(key string, milliseconds int64) answer {
	at := s.keys[key]
	if at.present && milliseconds > 0 {
		s.put(key, s.deadline(at.value, float64(milliseconds)))
	} else if at.present {
		s.remove(key)
	}
	return oneIf(at.present)
}

func (s *store) persist(key string) answer {
	at := s.keys[key]
	had := at.present && !math.IsInf(at.earliest, 1)
	if had {
		s.put(key, withValue(at.value))
	}
	return oneIf(had)
}
