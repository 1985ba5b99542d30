// wallet is an IRMA wallet without a screen, for the demo and the tests: lines of JSON in on stdin, lines of JSON out on stdout.
// It runs the real protocol with irmago's own client library; demo/wallet/program.py drives it.
//
//	in:  {"cmd":"session","id":"a","ptr":{"u":"…","irmaqr":"disclosing"}}
//	     {"cmd":"answer","id":"a","proceed":true,"choice":[0,1]}   choice[i] = the chosen option of group i
//	     {"cmd":"dismiss","id":"a"}   {"cmd":"credentials"}
//	out: {"event":"ready"} permission | pairing | status | returnurl | success | cancelled | failure | credentials | error
//
// Why v0.19.2 and not v1: the client library of v1 needs a storage from an internal package, or cgo.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/bwesterb/go-atum"
	irma "github.com/privacybydesign/irmago"
	"github.com/privacybydesign/irmago/irmaclient"
	"github.com/sirupsen/logrus"
)

var (
	out   = json.NewEncoder(os.Stdout)
	outMu sync.Mutex
)

type msg map[string]any

func emit(m msg) { outMu.Lock(); defer outMu.Unlock(); _ = out.Encode(m) }

// clientHandler hears what happens outside sessions; without a keyshare server that is almost nothing.
type clientHandler struct{}

func (clientHandler) EnrollmentFailure(irma.SchemeManagerIdentifier, error) {}
func (clientHandler) EnrollmentSuccess(irma.SchemeManagerIdentifier)        {}
func (clientHandler) ChangePinFailure(irma.SchemeManagerIdentifier, error)  {}
func (clientHandler) ChangePinSuccess()                                     {}
func (clientHandler) ChangePinIncorrect(irma.SchemeManagerIdentifier, int)  {}
func (clientHandler) ChangePinBlocked(irma.SchemeManagerIdentifier, int)    {}
func (clientHandler) UpdateConfiguration(*irma.IrmaIdentifierSet)           {}
func (clientHandler) UpdateAttributes()                                     {}
func (clientHandler) Revoked(c *irma.CredentialIdentifier) {
	emit(msg{"event": "revoked", "credential": c})
}
func (clientHandler) ReportError(err error) { emit(msg{"event": "error", "error": err.Error()}) }

// noCache keeps the Atum timestamp client off the disk (its default is the real home folder, whatever $HOME says).
type noCache struct{}

func (noCache) StorePublicKey(string, atum.SignatureAlgorithm, []byte, time.Time) {}
func (noCache) GetPublicKey(string, atum.SignatureAlgorithm, []byte) *time.Time   { return nil }
func (noCache) StoreServerInfo(string, atum.ServerInfo)                           {}
func (noCache) GetServerInfo(string) *atum.ServerInfo                             { return nil }

// noSigner: only a keyshare server asks for ECDSA signatures, and a demo scheme has none.
type noSigner struct{}

func (noSigner) PublicKey(string) ([]byte, error)    { return nil, fmt.Errorf("no keyshare") }
func (noSigner) Sign(string, []byte) ([]byte, error) { return nil, fmt.Errorf("no keyshare") }

// handler belongs to one session. Its callbacks come from goroutines of their own and must never block.
type handler struct {
	id         string
	mu         sync.Mutex
	candidates [][]irmaclient.DisclosureCandidates
	callback   irmaclient.PermissionHandler
	dismisser  irmaclient.SessionDismisser
}

func (h *handler) ask(kind string, req irma.SessionRequest, ok bool, cand [][]irmaclient.DisclosureCandidates, who *irma.RequestorInfo, cb irmaclient.PermissionHandler) {
	h.mu.Lock()
	h.candidates, h.callback = cand, cb
	h.mu.Unlock()
	emit(msg{"event": "permission", "id": h.id, "kind": kind, "satisfiable": ok, "candidates": cand, "requestor": who, "request": req})
}

func (h *handler) RequestIssuancePermission(r *irma.IssuanceRequest, ok bool, c [][]irmaclient.DisclosureCandidates, w *irma.RequestorInfo, cb irmaclient.PermissionHandler) {
	h.ask("issuing", r, ok, c, w, cb)
}
func (h *handler) RequestVerificationPermission(r *irma.DisclosureRequest, ok bool, c [][]irmaclient.DisclosureCandidates, w *irma.RequestorInfo, cb irmaclient.PermissionHandler) {
	h.ask("disclosing", r, ok, c, w, cb)
}
func (h *handler) RequestSignaturePermission(r *irma.SignatureRequest, ok bool, c [][]irmaclient.DisclosureCandidates, w *irma.RequestorInfo, cb irmaclient.PermissionHandler) {
	h.ask("signing", r, ok, c, w, cb)
}
func (h *handler) RequestPin(_ int, cb irmaclient.PinHandler) { cb(false, "") }
func (h *handler) StatusUpdate(a irma.Action, s irma.ClientStatus) {
	emit(msg{"event": "status", "id": h.id, "action": a, "status": s})
}
func (h *handler) ClientReturnURLSet(u string) { emit(msg{"event": "returnurl", "id": h.id, "url": u}) }
func (h *handler) PairingRequired(code string) {
	emit(msg{"event": "pairing", "id": h.id, "code": code})
}
func (h *handler) Success(result string) { emit(msg{"event": "success", "id": h.id, "result": result}) }
func (h *handler) Cancelled()            { emit(msg{"event": "cancelled", "id": h.id}) }
func (h *handler) Failure(e *irma.SessionError) {
	m := msg{"event": "failure", "id": h.id}
	if e != nil { // nil when the pointer could not be read
		m["type"], m["info"], m["error"], m["remote"] = e.ErrorType, e.Info, e.Error(), e.RemoteError
	}
	emit(m)
}
func (h *handler) KeyshareBlocked(irma.SchemeManagerIdentifier, int)         { h.Cancelled() }
func (h *handler) KeyshareEnrollmentIncomplete(irma.SchemeManagerIdentifier) { h.Cancelled() }
func (h *handler) KeyshareEnrollmentMissing(irma.SchemeManagerIdentifier)    { h.Cancelled() }
func (h *handler) KeyshareEnrollmentDeleted(irma.SchemeManagerIdentifier)    { h.Cancelled() }

func (h *handler) answer(proceed bool, choice []int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	cand, cb := h.candidates, h.callback
	if cb == nil {
		return fmt.Errorf("session %s waits for no answer", h.id)
	}
	if !proceed {
		h.callback = nil
		go cb(false, nil)
		return nil
	}
	dc := &irma.DisclosureChoice{}
	for i, discon := range cand {
		n := 0
		if i < len(choice) {
			n = choice[i]
		}
		if n < 0 || n >= len(discon) {
			return fmt.Errorf("no option %d in group %d", n, i)
		}
		attrs, err := discon[n].Choose()
		if err != nil {
			return err
		}
		dc.Attributes = append(dc.Attributes, attrs)
	}
	h.callback = nil // only now: a wrong choice may be made again
	go cb(true, dc)
	return nil
}

func main() {
	store := flag.String("storage", "", "folder of this wallet (must exist)")
	schemes := flag.String("schemes", "", "folder with IRMA schemes")
	flag.Parse()
	stayOnLoopback()
	atum.SetCache(noCache{})
	irma.Logger.SetLevel(logrus.ErrorLevel)
	irma.Logger.SetOutput(os.Stderr)
	client, err := irmaclient.New(*store, *schemes, clientHandler{}, noSigner{}, [32]byte{1})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	client.SetPreferences(irmaclient.Preferences{DeveloperMode: true}) // without it: no http, and no server in development mode
	defer client.Close()
	sessions := map[string]*handler{}
	emit(msg{"event": "ready"})
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 4<<20)
	for in.Scan() {
		var c struct {
			Cmd, ID string
			Ptr     json.RawMessage
			Proceed bool
			Choice  []int
		}
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			emit(msg{"event": "error", "error": err.Error()})
			continue
		}
		h := sessions[c.ID]
		switch {
		case c.Cmd == "session":
			h = &handler{id: c.ID}
			sessions[c.ID] = h
			h.dismisser = client.NewSession(string(c.Ptr), h)
		case c.Cmd == "credentials":
			emit(msg{"event": "credentials", "credentials": client.CredentialInfoList()})
		case h == nil:
			emit(msg{"event": "error", "error": "unknown command or session", "id": c.ID})
		case c.Cmd == "answer":
			if err := h.answer(c.Proceed, c.Choice); err != nil {
				emit(msg{"event": "error", "id": c.ID, "error": err.Error()})
			}
		case c.Cmd == "dismiss" && h.dismisser != nil:
			h.dismisser.Dismiss()
		}
	}
}
