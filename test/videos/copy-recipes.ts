import { derived, encoded, type Recipe } from './recipe.ts'

const PLACE = '+48.8577+002.2950+035.000/'

const telephone = [
  ...['-metadata', 'com.apple.quicktime.make=Apple', '-metadata', 'com.apple.quicktime.model=iPhone 15 Pro'],
  ...[
    '-metadata',
    'com.apple.quicktime.software=17.4',
    '-metadata',
    'com.apple.quicktime.creationdate=2024-05-06T09:08:09+0200',
  ],
  ...['-metadata', `com.apple.quicktime.location.ISO6709=${PLACE}`],
  ...['-metadata', 'com.apple.quicktime.location.accuracy.horizontal=4.7', '-metadata', 'com.example.serial=C39XK0ZZ'],
  ...[
    '-metadata',
    'creation_time=2024-05-06T07:08:09Z',
    '-metadata',
    'artist=Ana',
    '-metadata',
    'title=A walk = "long";\n-y',
  ],
] as const

/** Sources that say much of themselves, and sources that are what was asked for. */
export const copyRecipes = {
  'says-much': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30:duration=3', '-f', 'lavfi', '-i', 'sine=duration=3'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ...['-movflags', '+use_metadata_tags', '-metadata:s:a:0', 'language=fra', ...telephone],
  ),
  'says-much-android': derived(
    'mov',
    'says-much',
    '-c',
    'copy',
    '-metadata',
    `location=${PLACE}`,
    '-metadata',
    'make=Acme',
  ),
  'says-much-mkv': derived(
    'mkv',
    'says-much',
    '-c',
    'copy',
    '-metadata',
    `LOCATION=${PLACE}`,
    '-metadata',
    'title=A title',
  ),
} as const satisfies Record<string, Recipe>
