package main

import (
	"encoding/json"
	"os"
)

// What test/support/history/history.ts writes down.

type recordedHistory struct {
	Name           string            `json:"name"`
	Initial        map[string]string `json:"initial"`
	LogTimeErrorMs *float64          `json:"logTimeErrorMs"`
	Operations     []operation       `json:"operations"`
}

type operation struct {
	Client       int     `json:"client"`
	Call         call    `json:"call"`
	Outcome      outcome `json:"outcome"`
	Invoked      int64   `json:"invoked"`
	Returned     int64   `json:"returned"`
	InvokedAtMs  float64 `json:"invokedAtMs"`
	ReturnedAtMs float64 `json:"returnedAtMs"`
}

type call struct {
	Type     string     `json:"type"`
	Words    []string   `json:"words"`
	Keys     []string   `json:"keys"`
	Commands [][]string `json:"commands"`
	Watches  []int64    `json:"watches"`
}

type outcome struct {
	Type   string `json:"type"`
	Answer answer `json:"answer"`
}

type answer struct {
	Type    string   `json:"type"`
	Text    string   `json:"text"`
	Message string   `json:"message"`
	Value   int64    `json:"value"`
	Items   []answer `json:"items"`
}

func readHistory(path string) (recordedHistory, error) {
	var read recordedHistory
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	return read, err
}
