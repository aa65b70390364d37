import type { conversionErrors } from '@reelway/shared/errors/conversion-errors.ts'
import type { ErrorText } from '../error-texts.ts'

/** What can come of a conversion. */
export const conversionErrorsEs = {
  not_a_video: {
    title: 'El archivo no es un video que se pueda leer',
    detail:
      'Está dañado, o no es un video a pesar de su nombre. Comprueba que se reproduce en tu dispositivo y súbelo otra vez como mp4, mov, webm o mkv.',
  },
  web_page_instead: {
    title: 'El archivo es una página web, no un video',
    detail:
      'Se guardó una página en lugar del video: a menudo una que pide iniciar sesión o avisa de que algo ya no está. Ábrela en un navegador, descarga el video y súbelo.',
  },
  playlist_instead: {
    title: 'El archivo es una lista de reproducción, no un video',
    detail:
      'Solo dice dónde están los trozos de un video, y esos no se descargan. Guarda el video en un solo archivo, como mp4, y súbelo.',
  },
  archive_instead: {
    title: 'El archivo es un archivo comprimido, no un video',
    detail: 'Descomprímelo (zip, rar, 7z, tar o gzip) y sube el video que contiene.',
  },
  document_instead: {
    title: 'El archivo es un texto o un documento, no un video',
    detail: 'Quizá se eligió otro archivo, como los subtítulos o el registro que acompaña al video. Sube el video.',
  },
  picture_instead: {
    title: 'El archivo es una imagen, no un video',
    detail:
      'De las imágenes con movimiento se admiten GIF y PNG animado: exporta las de WebP o AVIF como GIF o mp4. La parte con movimiento de una «live photo» es otro archivo: súbelo.',
  },
  source_unfinished: {
    title: 'Falta el final del archivo',
    detail:
      'El índice del video va al final y no está: la grabación, la copia o la descarga se interrumpió. Cópialo o descárgalo de nuevo. Muchas cámaras completan una grabación interrumpida al volver a insertar la tarjeta.',
  },
  source_encrypted: {
    title: 'El video está protegido contra copia (DRM)',
    detail:
      'Está cifrado y solo puede reproducirlo la aplicación o la tienda de la que procede. Sube un video sin esa protección.',
  },
  no_picture: {
    title: 'El archivo no tiene imagen en movimiento',
    detail:
      'Solo contiene sonido o una carátula. Elige un formato de solo sonido, como m4a, o sube un archivo con pista de video.',
  },
  no_sound: {
    title: 'El archivo no tiene sonido',
    detail: 'No tiene una pista de sonido que se pueda leer. Elige un formato con imagen o sube un archivo con sonido.',
  },
  source_truncated: {
    title: 'El video está incompleto',
    detail:
      'Anuncia {announcedSeconds} s pero termina a los {foundSeconds} s. Cópialo otra vez desde su dispositivo y sube el archivo completo. O convierte lo que hay, con un recorte que termine a los {foundSeconds} s.',
  },
  source_undecodable: {
    title: 'El video no se puede leer',
    detail:
      'El archivo está dañado o su formato no se admite. Expórtalo de nuevo como mp4 con H.264 y sube el resultado.',
  },
  dolby_vision_only: {
    title: 'Los colores del video son solo para pantallas Dolby Vision',
    detail:
      'Nada más puede mostrar bien sus imágenes (perfil 5). Expórtalo como HDR10, HLG o video normal y sube el resultado.',
  },
  picture_too_large: {
    title: 'La imagen es demasiado grande',
    detail:
      'Se admiten como máximo {limitPixels} píxeles por imagen (por ejemplo 8192x4320). Exporta el video en un tamaño menor.',
  },
  picture_too_small: {
    title: 'La imagen es demasiado pequeña para este formato',
    detail:
      'El resultado tendría {width}x{height} píxeles y se necesitan al menos {leastPixels} por lado. Elige otro formato o un tamaño mayor.',
  },
  video_too_long: {
    title: 'El video es demasiado largo para convertirlo',
    detail:
      'Convertirlo llevaría unos {estimateSeconds} s y una conversión puede llevar {limitSeconds} s. Sube una parte más corta o elige un formato con una imagen más pequeña.',
  },
  loudness_too_long: {
    title: 'El sonido es demasiado largo para medir su volumen',
    detail:
      'Llevaría unos {estimateSeconds} s y puede llevar {limitSeconds} s. Quita la opción de volumen o convierte una parte más corta.',
  },
  duration_too_long: {
    title: 'El video es más largo de lo que convertimos',
    detail: 'Dura {durationSeconds} s y se admiten como máximo {limitSeconds} s. Córtalo y sube las partes.',
  },
  animation_too_large: {
    title: 'La animación es demasiado grande',
    detail:
      'Tendría {width}x{height} píxeles y {frames} imágenes, {megapixels} millones de píxeles en total, y se hacen como máximo {limitMegapixels}. Pide un tamaño menor, una parte más corta o menos imágenes por segundo.',
  },
  result_too_large: {
    title: 'El resultado es demasiado grande',
    detail:
      'Tendría más de {limitMegabytes} MB, y este formato no lo permite. Elige un formato con una imagen más pequeña (en lugar de FLAC, M4A u Opus), menos calidad o una parte más corta.',
  },
  trim_outside_video: {
    title: 'La parte pedida no está en el video',
    detail:
      'Debía empezar en el segundo {startSeconds}, pero el video termina en el {durationSeconds}. Elige un comienzo anterior.',
  },
  asset_unusable: {
    title: 'Una imagen o un clip tuyo no se puede usar',
    detail: 'Lo elegido para «{option}» no se puede usar ({reason}). Elige otro y convierte de nuevo.',
  },
  crop_outside_picture: {
    title: 'El recorte no está dentro de la imagen',
    detail:
      'La imagen tiene {width}x{height} píxeles y el rectángulo llega hasta {right}x{bottom}. Elige uno que quede dentro.',
  },
  conversion_timed_out: {
    title: 'La conversión tardó demasiado',
    detail: 'Se detuvo a los {limitSeconds} s. Sube una parte más corta o elige un formato con una imagen más pequeña.',
  },
  conversion_failed: {
    title: 'El video no se pudo convertir',
    detail:
      'El codificador se detuvo con un error. Exporta el video de nuevo como mp4 con H.264 y súbelo; si sigue fallando, avísanos.',
  },
  encoder_missing: {
    title: 'Este formato no se puede hacer aquí',
    detail:
      'Este servicio no tiene el codificador necesario. Elige otro formato, por ejemplo MP4 hasta 720p, y avisa a quien lo administra.',
  },
  source_missing: { title: 'El archivo subido ya no está', detail: 'Sube el archivo otra vez.' },
  asset_missing: {
    title: 'Una imagen o un clip que se iba a usar ya no está',
    detail: 'Lo elegido para «{option}» fue borrado. Elige otro y convierte de nuevo.',
  },
  source_unreachable: {
    title: 'El archivo subido no se pudo leer',
    detail: 'El almacenamiento falló {attempts} veces al leerlo. No se perdió nada: inténtalo de nuevo.',
  },
  result_not_stored: {
    title: 'El resultado no se pudo guardar',
    detail: 'El almacenamiento falló {attempts} veces al escribirlo. No se perdió nada: inténtalo de nuevo.',
  },
  result_rejected: {
    title: 'El resultado estaba incompleto',
    detail: 'Le faltaban imágenes y se descartó {attempts} veces. No se perdió nada: inténtalo de nuevo.',
  },
  conversion_stalled: {
    title: 'La conversión dejó de avanzar',
    detail: 'El codificador se quedó parado {attempts} veces. No se perdió nada: inténtalo de nuevo.',
  },
  encoder_crashed: {
    title: 'El codificador falló',
    detail:
      'Terminó de forma inesperada {attempts} veces. Inténtalo de nuevo; si sigue fallando, exporta el video como mp4 con H.264.',
  },
  out_of_disk: {
    title: 'El conversor se quedó sin espacio',
    detail: 'No hubo sitio para el resultado {attempts} veces. No se perdió nada: inténtalo más tarde.',
  },
  attempts_exhausted: {
    title: 'La conversión se abandonó',
    detail: 'Se interrumpió {attempts} veces. No se perdió nada: inténtalo de nuevo.',
  },
} as const satisfies Record<keyof typeof conversionErrors, ErrorText>
