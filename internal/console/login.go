package console

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/codesight/codesight/internal/access"
)

const (
	cookieName = "codesight_console"
	// loginAge is how long a login lasts: a working day.
	loginAge = 12 * time.Hour
	// maxLogins bounds the memory of logins; past it the oldest ends.
	maxLogins = 1000
	// maxForm bounds a form's body, in bytes.
	maxForm = 64 << 10
)

// logins are the people who are logged in. They live in memory: a restart of the server ends them.
type logins struct {
	mu  sync.Mutex
	now func() time.Time
	all map[string]login
}

// login keeps the key rather than its identity, so that revoking the key ends the login.
type login struct {
	key   string
	until time.Time
}

func newLogins(now func() time.Time) *logins {
	return &logins{now: now, all: map[string]login{}}
}

func (l *logins) begin(key string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) >= maxLogins {
		l.endOldest()
	}
	token := rand.Text()
	l.all[token] = login{key: key, until: l.now().Add(loginAge)}
	return token
}

func (l *logins) endOldest() {
	oldest := ""
	for token, one := range l.all {
		if oldest == "" || one.until.Before(l.all[oldest].until) {
			oldest = token
		}
	}
	delete(l.all, oldest)
}

func (l *logins) key(token string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	one, ok := l.all[token]
	if ok && l.now().After(one.until) {
		delete(l.all, token)
		return "", false
	}
	return one.key, ok
}

func (l *logins) end(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.all, token)
}

func (c *console) showLogin(w http.ResponseWriter, r *http.Request) {
	c.render(w, r, http.StatusOK, loginPage(""))
}

func (c *console) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	key := r.PostFormValue("key")
	_, err := c.Keys.Authenticate(r.Context(), key)
	switch {
	case errors.Is(err, access.ErrUnauthorized):
		c.render(w, r, http.StatusUnauthorized, loginPage("This key is not valid. Keys begin with cs_ and are shown once, when they are made."))
		return
	case err != nil:
		c.broken(w, r, err)
		return
	}
	http.SetCookie(w, c.cookie(c.logins.begin(key), int(loginAge.Seconds())))
	http.Redirect(w, r, Path, http.StatusSeeOther)
}

func (c *console) logout(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(cookieName); err == nil {
		c.logins.end(cookie.Value)
	}
	http.SetCookie(w, c.cookie("", -1))
	http.Redirect(w, r, Path+"login", http.StatusSeeOther)
}

func (c *console) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // Secure where the console is served over TLS
		Name: cookieName, Value: value, Path: Path, MaxAge: age,
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteStrictMode,
	}
}

type identityKey struct{}

// authenticated lets through who is logged in with a key that still holds, and sends others to the login.
func (c *console) authenticated(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie(cookieName)
		if err != nil {
			http.Redirect(w, r, Path+"login", http.StatusSeeOther)
			return
		}
		key, ok := c.logins.key(cookie.Value)
		if !ok {
			http.Redirect(w, r, Path+"login", http.StatusSeeOther)
			return
		}
		who, err := c.Keys.Authenticate(r.Context(), key)
		switch {
		case errors.Is(err, access.ErrUnauthorized):
			c.logins.end(cookie.Value)
			http.Redirect(w, r, Path+"login", http.StatusSeeOther)
		case err != nil:
			c.broken(w, r, err)
		default:
			next(w, r.WithContext(context.WithValue(r.Context(), identityKey{}, who)))
		}
	})
}

func identity(r *http.Request) access.Identity {
	who, _ := r.Context().Value(identityKey{}).(access.Identity)
	return who
}
