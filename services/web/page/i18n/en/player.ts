export const playerTexts = {
  'player.play': 'Play',
  'player.pause': 'Pause',
  'player.seek': 'Seek',
  'player.position': '{now} of {all}',
  'player.mute': 'Mute',
  'player.unmute': 'Unmute',
  'player.volume': 'Volume',
  'player.fullScreen': 'Full screen',
  'player.leaveFullScreen': 'Leave full screen',
  'player.failed': 'This browser cannot play the format of this file.',
  'player.failedHint': 'Download it and open it with another program.',
  'player.streamFailed': 'This stream cannot be played here.',
  'player.streamFailedHint':
    'Try again later or in another browser. Converted to MP4 it can be downloaded, and played anywhere.',
  'player.keys':
    'Keys: space or K plays and pauses; J, L and the arrows seek; Home and End; M mutes; F is full screen.',
} as const
