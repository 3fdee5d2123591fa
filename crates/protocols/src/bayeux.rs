//! Bayeux as Faye speaks it: websocket and long-polling, one session at a time.
