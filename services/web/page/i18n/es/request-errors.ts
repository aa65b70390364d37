import type { requestErrors } from '@reelway/shared/errors/request-errors.ts'
import type { ErrorText } from '../error-texts.ts'

const OURS = { title: 'Algo falló de nuestro lado', detail: 'Recarga la página e inténtalo de nuevo.' }
const LATER = 'Inténtalo de nuevo en unos segundos.'
const LOG_IN = { title: 'Tu sesión terminó', detail: 'Inicia sesión otra vez.' }

/** What can come of a request. What only a program can do wrong is our fault here. */
export const requestErrorsEs = {
  invalid_input: { title: 'Hay algo mal escrito', detail: 'Corrige lo que está marcado.' },
  malformed_json: OURS,
  unsupported_media_type: OURS,
  body_too_large: OURS,
  malformed_request: OURS,
  headers_too_large: OURS,
  request_timeout: { title: 'La petición no llegó a tiempo', detail: LATER },
  not_found: { title: 'No hay nada en esta dirección', detail: 'Recarga la página.' },
  method_not_allowed: OURS,
  rate_limited: { title: 'Demasiados intentos', detail: 'Espera {retryAfterSeconds} s e inténtalo de nuevo.' },
  too_many_streams: {
    title: 'Hay demasiadas páginas abiertas',
    detail: 'Ya tienes abiertas {limit} conexiones de novedades. Cierra una pestaña o un programa que tenga una.',
  },
  internal: { title: 'Algo falló de nuestro lado', detail: 'Inténtalo de nuevo; si sigue pasando, avísanos.' },
  overloaded: { title: 'Demasiadas peticiones a la vez', detail: LATER },
  not_ready: { title: 'El servicio no alcanza su base de datos', detail: LATER },
  storage_unavailable: { title: 'El almacenamiento no respondió', detail: `${LATER} No se perdió nada.` },
  unauthenticated: { title: 'No has iniciado sesión', detail: 'Inicia sesión e inténtalo de nuevo.' },
  session_ended: LOG_IN,
  cross_site_request: OURS,
  invalid_access_token: LOG_IN,
  invalid_refresh_token: LOG_IN,
  invalid_credentials: {
    title: 'Nombre o contraseña incorrectos',
    detail: 'Revisa el correo o el nombre de usuario y la contraseña, e inténtalo de nuevo.',
  },
  username_taken: { title: 'Ese nombre de usuario ya existe', detail: 'Elige otro nombre de usuario.' },
  email_taken: { title: 'Ya hay una cuenta con ese correo', detail: 'Inicia sesión con él o usa otro correo.' },
  unsupported_file_type: {
    title: 'Este tipo de archivo no se admite',
    detail: 'Se admiten videos, como mp4, mov, webm, mkv o avi, y sonido, como mp3, m4a, wav o flac.',
  },
  file_too_large: {
    title: 'El archivo es demasiado grande',
    detail: 'Tiene {sizeBytes} y se admiten como máximo {limitBytes}.',
  },
  idempotency_key_reused: OURS,
  task_not_found: { title: 'Este video ya no está aquí', detail: 'Fue borrado, quizá en otra ventana.' },
  no_storyboard: { title: 'Este video no tiene vistas previas', detail: 'Se puede ver igual, solo que sin ellas.' },
  task_state_conflict: {
    title: 'Eso ya no se puede hacer con este video',
    detail: 'Su estado cambió mientras tanto.',
  },
  asset_not_found: { title: 'Esta imagen o este clip ya no está aquí', detail: 'Elige otro.' },
  asset_state_conflict: { title: 'Esta imagen o este clip ya está subido', detail: 'Se puede usar tal como está.' },
  upload_missing: { title: 'El archivo no ha llegado', detail: 'Sube el archivo otra vez.' },
  upload_size_mismatch: {
    title: 'El archivo cambió mientras se subía',
    detail: 'Se esperaban {announcedBytes} y llegaron {uploadedBytes}. Sube el archivo otra vez.',
  },
  upload_checksum_mismatch: { title: 'El archivo se dañó por el camino', detail: 'Sube el archivo otra vez.' },
  queued_upload_damaged: { title: 'El archivo se dañó por el camino', detail: 'Sube el archivo otra vez.' },
  upload_expired: { title: 'La subida no terminó a tiempo', detail: 'Sube el archivo otra vez.' },
} as const satisfies Record<keyof typeof requestErrors, ErrorText>
