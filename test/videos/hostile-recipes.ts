import { encoded, type Recipe, written } from './recipe.ts'

/** What people with bad intentions, or with the wrong file, upload. */
export const hostileRecipes = {
  'playlist-named-mp4': written(
    'mp4',
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:5',
    '#EXTINF:5,',
    'secret.ts',
    '#EXT-X-ENDLIST',
  ),
  'manifest-named-mp4': written(
    'mp4',
    '<?xml version="1.0"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static">',
    '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>secret.mp4</BaseURL>',
    '<SegmentBase indexRange="0-99"/></Representation></AdaptationSet></Period></MPD>',
  ),
  'list-named-mp4': written('mp4', 'ffconcat version 1.0', "file 'secret.mp4'"),
  'session-named-mp4': written(
    'mp4',
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=x',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=video 5004 RTP/AVP 96',
  ),
  'text-named-mp4': written('mp4', 'This is a letter, not a video.'),
  'picture-named-mp4': encoded('png', '-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=1:duration=1'),
  'noise-named-mp4': { kind: 'noise', extension: 'mp4', bytes: 300_000 },
  empty: { kind: 'written', extension: 'mp4', text: '' },
  'huge-picture': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'color=gray:size=16000x8000:rate=1:duration=1', '-c:v', 'libx264', '-preset', 'ultrafast'],
  ),
  'many-streams': encoded(
    'mkv',
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=64x64:rate=5:duration=0.4',
      ...Array.from({ length: 200 }, () => ['-map', '0:v']).flat(),
    ],
    ...['-c:v', 'mjpeg', '-q:v', '20'],
  ),
} as const satisfies Record<string, Recipe>
