/**
 * Texts that make a player open other addresses, by what they are: `address` is what they name. All of them are known to
 * ffmpeg by their content, whatever the file is called.
 */
export const reachingTexts = (address: string): Readonly<Record<string, string>> => ({
  'HLS playlist': lines('#EXTM3U', '#EXT-X-TARGETDURATION:5', '#EXTINF:5,', address, '#EXT-X-ENDLIST'),
  'HLS master playlist': lines('#EXTM3U', '#EXT-X-STREAM-INF:BANDWIDTH=1', address),
  'HLS playlist with a key and a map': lines(
    ...['#EXTM3U', '#EXT-X-TARGETDURATION:5', `#EXT-X-MAP:URI="${address}"`],
    ...[`#EXT-X-KEY:METHOD=AES-128,URI="${address}"`, '#EXTINF:5,', `${address}?segment`, '#EXT-X-ENDLIST'],
  ),
  'DASH manifest': lines(
    '<?xml version="1.0"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static"',
    'mediaPresentationDuration="PT5S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">',
    `<BaseURL>${address}</BaseURL><SegmentBase indexRange="0-99"/></Representation></AdaptationSet></Period></MPD>`,
  ),
  'list of files': lines('ffconcat version 1.0', `file '${address}'`),
  'list of files that lifts its own bans': lines(
    ...['ffconcat version 1.0', `file '${address}'`, 'option protocol_whitelist file,http,tcp,subfile,data'],
    ...['option format_whitelist hls', 'option safe 0'],
  ),
  'list of a part of a file': lines('ffconcat version 1.0', `file 'subfile,,start,0,end,99,,:${address}'`),
  'session description': lines(
    ...['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=x', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...[`a=control:${address}`, 'm=video 5004 RTP/AVP 96'],
  ),
  'IMF composition': lines(
    '<?xml version="1.0"?><CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016">',
    `<Id>urn:uuid:1</Id><SegmentList><Path>${address}</Path></SegmentList></CompositionPlaylist>`,
  ),
  'Windows Media list': lines(`<ASX version="3.0"><Entry><Ref href="${address}"/></Entry></ASX>`),
  'Windows Media reference': lines('[Reference]', `Ref1=${address}`),
  'SVG picture': lines(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${address}"/></svg>`),
  subtitles: lines('1', '00:00:00,000 --> 00:00:01,000', address),
  'subtitles with a font': lines('[Script Info]', 'ScriptType: v4.00+', '[Fonts]', `fontname: ${address}`, '[Events]'),
})

const lines = (...texts: string[]): string => `${texts.join('\n')}\n`
