import type { CatalogueEntry } from './catalogue-entry.ts'

/** What can come of a conversion: shown to the owner of the task, in its `error`. */
export const conversionErrors = {
  // Conversions: what is wrong with the video
  not_a_video: {
    status: 422,
    kind: 'permanent',
    title: 'The file is not a video that can be read',
    detail:
      'It is damaged, or no video in spite of its name. Check that it plays on your device, and upload it again as mp4, mov, webm or mkv.',
  },
  web_page_instead: {
    status: 422,
    kind: 'permanent',
    title: 'The file is a web page, not a video',
    detail:
      'A page was saved in the place of the video: often one that asks to log in, or says that something is gone. Open it in a browser, download the video itself, and upload that.',
  },
  playlist_instead: {
    status: 422,
    kind: 'permanent',
    title: 'The file is a playlist, not a video',
    detail:
      'It only says where the pieces of a video lie, and they are not fetched. Save the video itself as one file, such as mp4, and upload that.',
  },
  archive_instead: {
    status: 422,
    kind: 'permanent',
    title: 'The file is an archive, not a video',
    detail: 'Unpack it (zip, rar, 7z, tar or gzip), and upload the video that is in it.',
  },
  document_instead: {
    status: 422,
    kind: 'permanent',
    title: 'The file is a text or a document, not a video',
    detail:
      'Perhaps another file was picked, such as the subtitles or the log beside the video. Upload the video itself.',
  },
  picture_instead: {
    status: 422,
    kind: 'permanent',
    title: 'The file is a picture, not a video',
    detail:
      'Of pictures that move, GIF and animated PNG are accepted: export one in WebP or AVIF as GIF or mp4. The moving part of a live photo is a file of its own: upload that.',
  },
  source_unfinished: {
    status: 422,
    kind: 'permanent',
    title: 'The end of the file is missing',
    detail:
      'The index of the video comes last, and is not there: the recording, copy or download was interrupted. Copy or download it again. A recording that broke off is often completed by its camera when the card is put back.',
  },
  source_encrypted: {
    status: 422,
    kind: 'permanent',
    title: 'The video is protected against copying (DRM)',
    detail:
      'It is encrypted, and only the app or the shop that it comes from can play it. Upload a video without such protection.',
  },
  no_picture: {
    status: 422,
    kind: 'permanent',
    title: 'The file has no moving picture',
    detail:
      'It holds sound or a cover picture only. Choose a preset of sound alone, such as m4a, or upload a file with a video track.',
  },
  no_sound: {
    status: 422,
    kind: 'permanent',
    title: 'The file has no sound',
    detail: 'It has no sound track that can be decoded. Choose a preset with a picture, or upload a file with sound.',
  },
  source_truncated: {
    status: 422,
    kind: 'permanent',
    title: 'The video is cut short',
    detail:
      'It announces {announcedSeconds} s but ends after {foundSeconds} s. Copy it from its device again and upload the complete file. Or convert what is there, with a trim that ends at that second.',
  },
  source_undecodable: {
    status: 422,
    kind: 'permanent',
    title: 'The video cannot be decoded',
    detail: 'The file is damaged or in a format that is not supported. Export it again as H.264 mp4 and upload that.',
  },
  dolby_vision_only: {
    status: 422,
    kind: 'permanent',
    title: 'The video has colours for Dolby Vision screens only',
    detail:
      'Its pictures cannot be seen rightly by anything else (profile 5). Export it as HDR10, HLG or a normal video, and upload that.',
  },
  picture_too_large: {
    status: 422,
    kind: 'permanent',
    title: 'The picture is too large',
    detail:
      'At most {limitPixels} pixels a frame are accepted (for example 8192x4320). Export the video in a smaller size.',
  },
  picture_too_small: {
    status: 422,
    kind: 'permanent',
    title: 'The picture is too small for this preset',
    detail:
      'The result would have {width}x{height} pixels, and its codec needs at least {leastPixels} each way. Choose another preset, or a larger size with the option fit.',
  },
  video_too_long: {
    status: 422,
    kind: 'permanent',
    title: 'The video is too long to convert',
    detail:
      'Converting it would take about {estimateSeconds} s, and one conversion may take {limitSeconds} s. Upload a shorter part, or choose a preset with a smaller picture.',
  },
  loudness_too_long: {
    status: 422,
    kind: 'permanent',
    title: 'The sound is too long to measure its loudness',
    detail:
      'That would take about {estimateSeconds} s, and may take {limitSeconds} s. Leave out the option loudness, or convert a shorter stretch with the option trim.',
  },
  duration_too_long: {
    status: 422,
    kind: 'permanent',
    title: 'The video is longer than we convert',
    detail: 'It lasts {durationSeconds} s, and at most {limitSeconds} s are accepted. Cut it and upload the pieces.',
  },
  animation_too_large: {
    status: 422,
    kind: 'permanent',
    title: 'The animation is too large',
    detail:
      'It would have {width}x{height} pixels and {frames} frames, {megapixels} million pixels in all, and at most {limitMegapixels} are made. Ask for a smaller size, a shorter range or fewer frames a second.',
  },
  result_too_large: {
    status: 422,
    kind: 'permanent',
    title: 'The result is too large',
    detail:
      'It would have more than {limitMegabytes} MB, and a result of this preset may not. Choose a preset with a smaller picture (instead of flac, m4a or opus), a lower quality, or a shorter stretch with the option trim.',
  },
  trim_outside_video: {
    status: 422,
    kind: 'permanent',
    title: 'The part that was asked for is not in the video',
    detail: 'It was to begin at {startSeconds} s, but the video ends at {durationSeconds} s. Choose an earlier start.',
  },
  asset_unusable: {
    status: 422,
    kind: 'permanent',
    title: 'A picture or clip of yours cannot be used',
    detail:
      'What the option "{option}" names cannot be used: {reason}. Pictures may be PNG, JPEG or WebP without animation, clips whatever is accepted as a video, for intro and outro only. Upload another with POST /api/assets and create a new task.',
  },
  crop_outside_picture: {
    status: 422,
    kind: 'permanent',
    title: 'The rectangle to be cut out is not within the picture',
    detail:
      'The picture has {width}x{height} pixels, upright and with square pixels, and the rectangle reaches to {right}x{bottom}. Choose one within it.',
  },
  conversion_timed_out: {
    status: 422,
    kind: 'permanent',
    title: 'The conversion took too long',
    detail: 'It was stopped after {limitSeconds} s. Upload a shorter part, or choose a preset with a smaller picture.',
  },
  conversion_failed: {
    status: 422,
    kind: 'permanent',
    title: 'The video could not be converted',
    detail:
      'The encoder stopped with an error. Export the video again as H.264 mp4 and upload that; if it keeps failing, report the task.',
  },
  encoder_missing: {
    status: 422,
    kind: 'permanent',
    title: 'This format cannot be made here',
    detail:
      'The encoder of this preset is not installed on this service. Choose another preset, for example mp4-720p, and tell whoever runs the service.',
  },
  source_missing: {
    status: 409,
    kind: 'permanent',
    title: 'The uploaded file is gone',
    detail: 'Create a new task and upload the file again.',
  },
  asset_missing: {
    status: 409,
    kind: 'permanent',
    title: 'A picture or clip that the task uses is gone',
    detail:
      'The asset of the option {option} was deleted. Upload the picture or clip again with POST /api/assets, and create a new task that names it.',
  },

  // Conversions: what went wrong on our side; redelivered, and shown to the owner only when every attempt failed
  source_unreachable: {
    status: 503,
    kind: 'transient',
    title: 'The uploaded file could not be read',
    detail: 'The storage failed while the file was read, {attempts} times. Nothing is lost: retry the task.',
  },
  result_not_stored: {
    status: 503,
    kind: 'transient',
    title: 'The result could not be stored',
    detail: 'The storage failed while the result was written, {attempts} times. Nothing is lost: retry the task.',
  },
  result_rejected: {
    status: 503,
    kind: 'transient',
    title: 'The result was incomplete',
    detail:
      'The result did not have the planned frames and was thrown away, {attempts} times. Nothing is lost: retry the task.',
  },
  conversion_stalled: {
    status: 503,
    kind: 'transient',
    title: 'The conversion stopped making progress',
    detail: 'The encoder was stopped after standing still, {attempts} times. Nothing is lost: retry the task.',
  },
  encoder_crashed: {
    status: 503,
    kind: 'transient',
    title: 'The encoder crashed',
    detail:
      'The encoder ended unexpectedly, {attempts} times. Retry the task; if it keeps failing, export the video again as H.264 mp4.',
  },
  out_of_disk: {
    status: 503,
    kind: 'transient',
    title: 'The converter ran out of space',
    detail: 'There was no room for the result, {attempts} times. Nothing is lost: retry the task later.',
  },
  attempts_exhausted: {
    status: 503,
    kind: 'transient',
    title: 'The conversion was given up',
    detail: 'It was interrupted {attempts} times. Nothing is lost: retry the task.',
  },
} as const satisfies Record<string, CatalogueEntry>
