#!/usr/bin/env bash
# desktop.sh CMD…: runs CMD in a throw-away desktop and ends with its exit code.
#
# The desktop is an Xvfb screen, a session bus, openbox, an XFCE panel (the StatusNotifier host), dunst and an
# unlocked gnome-keyring, with a HOME and runtime folder of its own. ./dev setup installs what it needs.
#
#   RINGSIDE_DESKTOP_WITHOUT  any of: tray notifications keyring   (space-separated; left out for real)
#   RINGSIDE_DESKTOP_THEME    light (default) or dark
#   RINGSIDE_DESKTOP_SIZE     screen size, default 1280x800
#   RINGSIDE_DESKTOP_KEEP     not empty: keep the folder with the logs and say where it is
#
# CMD finds $RINGSIDE_DESKTOP, the folder of this desktop, with logs/ in it. To choose a notification's button,
# write its label to $RINGSIDE_DESKTOP/pick and call `dunstctl context`.
set -euo pipefail

theme=${RINGSIDE_DESKTOP_THEME:-light}

# First half: a folder and a bus for the second half, which this script runs on that bus.
outside() {
  local code=0
  RINGSIDE_DESKTOP=$(mktemp -d "${TMPDIR:-/tmp}/ringside-desktop.XXXXXX")
  mkdir -p "$RINGSIDE_DESKTOP"/{home/.config,home/.local/share,home/.cache,run,logs}
  chmod 700 "$RINGSIDE_DESKTOP/run"

  # Without a servicedir nothing starts by itself: what is left out is truly missing.
  cat >"$RINGSIDE_DESKTOP/bus.conf" <<BUS
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$RINGSIDE_DESKTOP/run</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
BUS

  unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY RINGSIDE_SOCKET
  export RINGSIDE_DESKTOP
  export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
  export HOME=$RINGSIDE_DESKTOP/home XDG_RUNTIME_DIR=$RINGSIDE_DESKTOP/run
  export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache
  export XDG_STATE_HOME=$HOME/.local/state
  export XDG_SESSION_TYPE=x11 XDG_CURRENT_DESKTOP=XFCE GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1
  export GSETTINGS_BACKEND=keyfile NO_AT_BRIDGE=1 GTK_A11Y=none
  dbus-run-session --config-file="$RINGSIDE_DESKTOP/bus.conf" -- "${BASH_SOURCE[0]}" "$@" \
    9>&2 2>"$RINGSIDE_DESKTOP/logs/dbus-daemon" || code=$?
  if [ -n "${RINGSIDE_DESKTOP_KEEP:-}" ]; then
    echo "desktop.sh: kept $RINGSIDE_DESKTOP" >&2
  else
    rm -rf "$RINGSIDE_DESKTOP"
  fi
  exit "$code"
}

# Second half: what lives on the screen, then CMD.
inside() {
  local code=0
  exec 2>&9 9>&-
  started=()
  trap stop EXIT
  looks
  screen
  has keyring && keyring
  has notifications && notifications
  has tray && panel
  "$@" || code=$?
  exit "$code"
}

has() { [[ " ${RINGSIDE_DESKTOP_WITHOUT:-} " != *" $1 "* ]]; }

start() {
  "$@" <&0 >"$RINGSIDE_DESKTOP/logs/$(basename "$1")" 2>&1 &
  started+=($!)
}

stop() {
  local index
  for ((index = ${#started[@]} - 1; index >= 0; index--)); do
    kill "${started[index]}" 2>/dev/null || true
    wait "${started[index]}" 2>/dev/null || true
  done
}

# owned NAME PROGRAM: waits until somebody owns the bus name.
owned() {
  gdbus wait --session --timeout 20 "$1" ||
    { echo "desktop.sh: $2 did not come up:" && cat "$RINGSIDE_DESKTOP/logs/$2"; } >&2
}

looks() {
  local dark=false
  [ "$theme" = dark ] && dark=true
  mkdir -p "$XDG_CONFIG_HOME"/{gtk-3.0,glib-2.0/settings}
  cat >"$XDG_CONFIG_HOME/gtk-3.0/settings.ini" <<GTK
[Settings]
gtk-theme-name = Adwaita
gtk-icon-theme-name = Adwaita
gtk-font-name = DejaVu Sans 10
gtk-application-prefer-dark-theme = $dark
gtk-enable-animations = false
GTK
  cat >"$XDG_CONFIG_HOME/glib-2.0/settings/keyfile" <<GSETTINGS
[org/gnome/desktop/interface]
color-scheme='prefer-$theme'
GSETTINGS
}

# Xvfb chooses a free display by itself and says which when it is ready, so that desktops never clash.
screen() {
  local number up=$RINGSIDE_DESKTOP/up
  mkfifo "$up"
  exec 8<>"$up"
  start Xvfb -displayfd 8 -screen 0 "${RINGSIDE_DESKTOP_SIZE:-1280x800}x24" -nolisten tcp -noreset
  read -r -t 20 number <&8
  export DISPLAY=:$number
  if [ "$theme" = dark ]; then xsetroot -solid '#2b3038'; else xsetroot -solid '#8d99a8'; fi
  start openbox --startup "sh -c 'echo up >$up'"
  read -r -t 20 number <&8
  exec 8>&-
}

keyring() {
  start gnome-keyring-daemon --unlock --components=secrets --foreground <<<'throw-away'
  owned org.freedesktop.secrets gnome-keyring-daemon
}

notifications() {
  mkdir -p "$XDG_CONFIG_HOME/dunst"
  cat >"$XDG_CONFIG_HOME/dunst/dunstrc" <<'DUNST'
[global]
    origin = top-right
    offset = 16x44
    width = 360
    font = DejaVu Sans 10
    frame_width = 1
    corner_radius = 6
    frame_color = "#5c6b80"
    background = "#1b222c"
    foreground = "#f2f4f7"
    show_age_threshold = -1
    show_indicators = false
    enable_recursive_icon_lookup = true
    icon_theme = "Adwaita, hicolor"
    dmenu = /bin/sh -c 'grep -m1 -F -f "$RINGSIDE_DESKTOP/pick"'
    mouse_left_click = do_action
    mouse_right_click = close_current
[urgency_critical]
    background = "#3d1c1c"
    frame_color = "#d93636"
    timeout = 0
DUNST
  start dunst
  owned org.freedesktop.Notifications dunst
}

# The systray plugin is a StatusNotifier watcher and host as well as an XEmbed tray.
panel() {
  local settings=$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml
  mkdir -p "$settings"
  cat >"$settings/xfce4-panel.xml" <<'PANEL'
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="30"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
PANEL
  start "$(sed -n 's/^Exec=//p' /usr/share/dbus-1/services/org.xfce.Xfconf.service)"
  owned org.xfce.Xfconf xfconfd
  start xfce4-panel --disable-wm-check
  owned org.kde.StatusNotifierWatcher xfce4-panel
}

if [ $# = 0 ]; then
  echo "Usage: desktop.sh CMD…" >&2
  exit 2
fi
if [ -z "${RINGSIDE_DESKTOP:-}" ]; then outside "$@"; else inside "$@"; fi
