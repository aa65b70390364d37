import type { playerTexts } from '../en/player.ts'

export const playerTextsEs = {
  'player.play': 'Reproducir',
  'player.pause': 'Pausar',
  'player.seek': 'Posición',
  'player.position': '{now} de {all}',
  'player.mute': 'Silenciar',
  'player.unmute': 'Activar el sonido',
  'player.volume': 'Volumen',
  'player.fullScreen': 'Pantalla completa',
  'player.leaveFullScreen': 'Salir de pantalla completa',
  'player.failed': 'Este navegador no puede reproducir el formato de este archivo.',
  'player.failedHint': 'Descárgalo y ábrelo con otro programa.',
  'player.streamFailed': 'Esta transmisión no se puede reproducir aquí.',
  'player.streamFailedHint':
    'Inténtalo más tarde o en otro navegador. Convertida a MP4 se puede descargar y reproducir en cualquier parte.',
  'player.keys':
    'Teclas: espacio o K reproduce y pausa; J, L y las flechas avanzan y retroceden; Inicio y Fin; M silencia; F es pantalla completa.',
} as const satisfies Record<keyof typeof playerTexts, string>
