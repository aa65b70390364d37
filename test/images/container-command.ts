import type { ImageConfig } from './buildah.ts'

// Its own mounts end with it. What is exec'd last is the image's own command, with the process id of this shell.
const ENTER = `
set -e
root=$1; shift
mount --make-rprivate /
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir -p "$root$(dirname "$GOOGLE_APPLICATION_CREDENTIALS")"
install -m 644 "$GOOGLE_APPLICATION_CREDENTIALS" "$root$GOOGLE_APPLICATION_CREDENTIALS"
mount -o remount,bind,ro "$root"
exec env -u TMPDIR -u FFMPEG_PATH -u FFPROBE_PATH HOME=/ "$@"
`

/**
 * A command that starts a mounted image as Cloud Run would: its user, folder, environment and command, a root that is read-only
 * but for /tmp. The network is this machine's. Needs root.
 */
export const containerCommand = (mounted: string, config: ImageConfig): string[] => [
  ...['unshare', '--mount', 'sh', '-c', ENTER, 'sh', mounted],
  ...config.Env,
  ...['chroot', `--userspec=${config.User}`, mounted],
  // chroot(1) goes to the new root; sh, to the image's folder.
  ...['sh', '-c', 'cd "$0" && exec "$@"', config.WorkingDir, ...config.Cmd],
]
