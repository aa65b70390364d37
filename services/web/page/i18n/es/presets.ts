import type { PresetName } from '@reelway/shared/presets/catalogue.ts'

type PresetText = { title: string; description: string }

const video = (kind: string, side: number, what: string): PresetText => ({
  title: `${kind}, hasta ${side}p`,
  description: `El video entero, sin ampliarlo nunca. ${what}`,
})
const HEVC =
  'Archivos más pequeños que MP4 con la misma calidad, para iPhone, iPad, Mac y televisores. Muchos navegadores no lo reproducen.'
const WEBM = 'Para páginas web, sin derechos de licencia.'
const AV1 = 'Los archivos más pequeños para su calidad, para navegadores y aparatos nuevos.'

/** The presets in Spanish; in English the API has them. */
export const presetTextsEs = {
  league: {
    title: 'Clip de la liga',
    description:
      'Los primeros 18 segundos en 640x360 con franjas negras, con nuestro logotipo un segundo antes y después.',
  },
  'mp4-360p': video('MP4', 360, 'El mp4 más pequeño: para conexiones lentas y vistas previas.'),
  'mp4-480p': video('MP4', 480, 'Archivos pequeños para teléfonos y mensajería.'),
  'mp4-720p': video('MP4', 720, 'Se reproduce en cualquier teléfono, computadora y televisor.'),
  'mp4-1080p': video('MP4', 1080, 'Full HD para televisores y computadoras; los teléfonos también lo reproducen.'),
  'mp4-1440p': video('MP4', 1440, 'Más nítido que Full HD en pantallas grandes.'),
  'mp4-2160p': video('MP4', 2160, '4K para televisores y para seguir editando; archivos grandes.'),
  'hevc-1080p': video('HEVC', 1080, HEVC),
  'hevc-2160p': video('HEVC', 2160, HEVC),
  'webm-480p': video('WebM', 480, WEBM),
  'webm-720p': video('WebM', 720, WEBM),
  'webm-1080p': video('WebM', 1080, WEBM),
  'webm-2160p': video('WebM', 2160, WEBM),
  'av1-mp4-720p': video('AV1 en MP4', 720, AV1),
  'av1-mp4-1080p': video('AV1 en MP4', 1080, AV1),
  'av1-mp4-2160p': video('AV1 en MP4', 2160, AV1),
  'av1-webm-720p': video('AV1 en WebM', 720, AV1),
  'av1-webm-1080p': video('AV1 en WebM', 1080, AV1),
  'av1-webm-2160p': video('AV1 en WebM', 2160, AV1),
  hls: {
    title: 'HLS, hasta 1080p',
    description: 'El video entero para streaming, en hasta cinco tamaños entre los que el reproductor cambia.',
  },
  gif: {
    title: 'GIF, hasta 15 segundos',
    description: 'Los primeros 15 segundos como GIF animado, sin sonido. Se ve donde se vea una imagen.',
  },
  webp: {
    title: 'WebP animado, hasta 15 segundos',
    description:
      'Los primeros 15 segundos como WebP animado, sin sonido. Con todos los colores y más pequeño que un GIF.',
  },
  poster: { title: 'Póster', description: 'Una imagen JPEG: la más típica de los primeros diez segundos.' },
  m4a: { title: 'M4A, solo sonido', description: 'El sonido en AAC, para cualquier teléfono, computadora y coche.' },
  mp3: { title: 'MP3, solo sonido', description: 'El sonido como MP3, para todo lo más antiguo.' },
  opus: { title: 'Opus, solo sonido', description: 'El sonido en Opus: los archivos más pequeños.' },
  flac: { title: 'FLAC, solo sonido', description: 'El sonido sin ninguna pérdida, para archivar y editar.' },
} as const satisfies Record<PresetName, PresetText>
