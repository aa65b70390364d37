const TYPE = 'application/vnd.apple.mpegurl'

/**
 * Plays an HLS stream: by the browser where it can, else by hls.js, which is loaded for it. `fail` is called when neither can. Returns what
 * ends it.
 */
export const attachStream = (media: HTMLVideoElement, url: string, fail: () => void): (() => void) => {
  if (media.canPlayType(TYPE) !== '') {
    media.src = url
    return () => media.removeAttribute('src')
  }
  let end = () => undefined
  let isOver = false
  void import('hls.js').then(({ default: Hls }) => {
    if (isOver) return
    if (!Hls.isSupported()) return fail()
    const hls = new Hls()
    hls.on(Hls.Events.ERROR, (_event, { fatal }) => {
      if (fatal) fail()
    })
    hls.loadSource(url)
    hls.attachMedia(media)
    end = () => void hls.destroy()
  }, fail)
  return () => {
    isOver = true
    end()
  }
}
