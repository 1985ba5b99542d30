package main

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// stayOnLoopback makes this program resolve every name below .localhost to 127.0.0.1, as browsers do, and no other
// name at all. Go itself asks the network for them, which knows nothing of our municipalities.
func stayOnLoopback() {
	net.DefaultResolver = &net.Resolver{
		PreferGo: true,
		Dial: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go answerNames(theirs)
			return ours, nil
		},
	}
}

// answerNames is a name server for one question over a stream: each message has its length before it.
func answerNames(c net.Conn) {
	defer c.Close()
	var size uint16
	if binary.Read(c, binary.BigEndian, &size) != nil {
		return
	}
	question := make([]byte, size)
	var m dnsmessage.Message
	if _, err := io.ReadFull(c, question); err != nil || m.Unpack(question) != nil || len(m.Questions) != 1 {
		return
	}
	asked := m.Questions[0]
	m.Header = dnsmessage.Header{ID: m.ID, Response: true, RecursionAvailable: true}
	m.Additionals = nil
	if !strings.HasSuffix(asked.Name.String(), ".localhost.") {
		m.RCode = dnsmessage.RCodeNameError
	} else if asked.Type == dnsmessage.TypeA {
		m.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: asked.Name, Type: asked.Type, Class: asked.Class},
			Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
		}}
	}
	if answer, err := m.Pack(); err == nil {
		_ = binary.Write(c, binary.BigEndian, uint16(len(answer)))
		_, _ = c.Write(answer)
	}
}
