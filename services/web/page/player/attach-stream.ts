const TYPE = 'application/vnd.apple.mpegurl'

/**
 * Plays an HLS stream: by hls.js, which is loaded for it, or by the browser itself where that can't work (no Media Source Extensions: older
 * iPhones). Chromium says that it can play streams, and refuses ours after their first bytes (run, Chromium 156: MediaError 4), for it takes no
 * byte ranges of another origin for an element that is not `crossorigin`. `fail` is called when neither can, or when it breaks
 * off, and told whether that is the network's doing. Returns what ends it.
 */
export const attachStream = (
  media: HTMLVideoElement,
  url: string,
  fail: (isOfNetwork: boolean) => void,
): (() => void) => {
  let end = () => undefined
  let isOver = false
  const play = async () => {
    const { default: Hls } = await import('hls.js')
    if (isOver) return
    if (!Hls.isSupported()) {
      if (media.canPlayType(TYPE) === '') return fail(false)
      media.src = url
      end = () => void media.removeAttribute('src')
      return
    }
    const hls = new Hls()
    hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
      if (fatal) fail(type === Hls.ErrorTypes.NETWORK_ERROR)
    })
    hls.loadSource(url)
    hls.attachMedia(media)
    end = () => void hls.destroy()
  }
  play().catch(() => fail(false))
  return () => {
    isOver = true
    end()
  }
}
