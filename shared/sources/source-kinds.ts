/** The kinds of video that people have: what it is, and what becomes of it. The tests convert clips of each (test/videos/sources). */
export const sourceKinds = {
  codec: {
    what: 'H.264, HEVC, AV1, VP8, VP9, MPEG-1, MPEG-2, MPEG-4 (Xvid, DivX, also with packed B-frames), WMV, H.263, Theora, ProRes, DNxHD and DNxHR, CineForm, Hap, DV, MJPEG, QuickTime Animation, Cinepak, Video 1, FFV1, Ut, Huffyuv, screen codecs (ZMBV, Flash), uncompressed (also with 10 bits); in mp4, MOV, MKV, WebM, AVI (also without its index), MPEG-TS, MPEG-PS and VOB, MXF, WMV, FLV, 3GP, Ogg, DV; whatever the file is called',
    done: 'decoded, and encoded as the preset says',
  },
  turned: {
    what: 'A picture that its device stored turned or mirrored (display matrix)',
    done: 'turned upright, and mirrored as the player would show it',
  },
  portrait: {
    what: 'Portrait',
    done: 'stays portrait',
  },
  'pixel shape': {
    what: 'Pixels that are not square',
    done: 'square pixels, at the shape it is to be seen in',
  },
  'odd sides': {
    what: 'Sides of an odd number of pixels',
    done: 'a pixel smaller',
  },
  shape: {
    what: 'Any shape',
    done: 'kept, with no bars unless the preset has them',
  },
  'constant rate': {
    what: 'Any number of frames a second',
    done: 'kept if it is a usual one, else the next; above the limit of the preset halved',
  },
  'varying rate': {
    what: 'Frames at varying times (phones, screen recorders)',
    done: 'regular: each moment shows the frame that the source shows, the last one for as long as something is heard',
  },
  order: {
    what: 'B-frames, open groups of pictures',
    done: 'decoded in their order',
  },
  'mp4 index': {
    what: 'mp4: index in front, at the end, in fragments',
    done: 'all are read',
  },
  start: {
    what: 'Edit lists, times that begin late or before zero',
    done: 'begins with the first thing to be seen or heard',
  },
  'leaping clock': {
    what: 'A clock that leaps or returns (recordings joined, interrupted, or over 26 hours on the air)',
    done: 'one time line without a gap; never cut into parts',
  },
  short: {
    what: 'One frame, or a fraction of a second',
    done: 'as short',
  },
  tracks: {
    what: 'Several tracks of picture; a preview, figures of the flight or a clock beside it',
    done: 'the one that the file says is shown, else the largest; what is no moving picture is left out',
  },
  'cut short': {
    what: 'A file whose end is missing',
    done: 'refused, with the second at which it ends; what is there can be converted with a trim up to there',
  },
  channels: {
    what: 'Sound in 1, 4, 6 or 8 channels (mono, quad, 5.1, 7.1), by any codec',
    done: 'stereo (flac keeps them): voices from the centre in both, as loud from each codec, and never too loud',
  },
  'sound tracks': {
    what: 'Several sound tracks',
    done: 'of those that can be decoded the one that is marked as default, else the first',
  },
  'late sound': {
    what: 'Sound that begins after the picture or ends before it',
    done: 'silence there: picture and sound stay in step',
  },
  'sound alone': {
    what: 'Sound without a picture, or with a cover only: MP3, MP2, AAC, ALAC, FLAC, Vorbis, Opus, Speex, AMR, AC-3, E-AC-3, DTS, TrueHD, WMA, WavPack, GSM, G.722, A-law, µ-law, ADPCM, PCM of 8 to 64 bits',
    done: 'for the presets of sound; those with a picture refuse it',
  },
  interlaced: {
    what: 'Interlaced (broadcasts, camcorders), also where the file does not say so',
    done: 'deinterlaced: whole frames, as many as the source has',
  },
  telecined: {
    what: 'Telecined film (3:2 pulldown), also where the file does not say so',
    done: 'its frames put together again, 29.97 a second',
  },
  film: {
    what: 'Film on DVDs and in their copies, some of whose fields are to be shown twice (soft telecine)',
    done: 'as film: 23.976 frames a second, each once',
  },
  'whole frames': {
    what: 'Whole frames where fields are usual, or that are called fields',
    done: 'stay whole',
  },
  colours: {
    what: 'Colours of BT.601, BT.709, of full range, in RGB, grey or a palette, 4:2:0 to 4:4:4, with 8 to 12 bits',
    done: 'BT.709, 8 bits, standard range: the same colours to the eye, and so tagged',
  },
  'unsaid colours': {
    what: 'Colours that the file says nothing of, or contradicts itself about',
    done: 'up to 576 lines they are taken for BT.601, above for BT.709, as players do; a matrix that is named is believed',
  },
  'wide gamut': {
    what: 'Wide gamut of normal brightness (BT.2020, Display P3)',
    done: 'BT.709; what is outside of it is the nearest colour within',
  },
  alpha: {
    what: 'A picture that lets through what is behind it (alpha)',
    done: 'laid on black',
  },
  animation: {
    what: 'GIF and animated PNG',
    done: 'a video of one round of it, what is transparent laid on black',
  },
  'high range': {
    what: 'HDR: PQ (HDR10) and HLG, with or without what it says of its brightness; Dolby Vision over one of them',
    done: 'BT.709: faces stay as bright as they are, what is brighter than white is drawn closer',
  },
  'dolby alone': {
    what: 'Dolby Vision alone (profile 5: films of streaming services)',
    done: 'refused: nothing but a screen of Dolby Vision knows its colours',
  },
  unreadable: {
    what: 'What cannot be read: protected against copying (DRM), animated WebP and AVIF, RealMedia; playlists, archives, documents, pages',
    done: 'refused within seconds, with what it is and what to do',
  },
} as const satisfies Record<string, { what: string; done: string }>

export type SourceKind = keyof typeof sourceKinds
