import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'

export type ErrorText = { title: string; detail: string }

/** What a person is told about each error that the API knows; {placeholders} are those of the catalogue. */
export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>

/** What the catalogue says to programs, said to people. Everything else it says to people already. */
export const errorTextsForPeople: Readonly<Partial<Record<ErrorCode, ErrorText>>> = {
  unauthenticated: { title: 'You are not logged in', detail: 'Log in and try again.' },
  invalid_access_token: { title: 'Your session has ended', detail: 'Log in again.' },
  invalid_refresh_token: { title: 'Your session has ended', detail: 'Log in again.' },
  invalid_input: { title: 'Something is not filled in rightly', detail: 'Correct what is marked.' },
  task_not_found: { title: 'This video is not here any more', detail: 'It was deleted, maybe in another window.' },
  no_storyboard: { title: 'There are no previews of this video', detail: 'It can be watched all the same, without.' },
  asset_not_found: { title: 'This picture or clip is not here any more', detail: 'Choose another one.' },
  asset_missing: {
    title: 'A picture or clip that was to be used is gone',
    detail: 'What was chosen for “{option}” was deleted. Choose another one and convert again.',
  },
  asset_unusable: {
    title: 'A picture or clip of yours cannot be used',
    detail: 'What was chosen for “{option}” cannot be used: {reason}. Choose another one and convert again.',
  },
  internal: { title: 'Something went wrong on our side', detail: 'Try again; if it keeps happening, tell us.' },
  not_found: { title: 'There is nothing at this address', detail: 'Reload the page.' },
  upload_missing: { title: 'The upload has not arrived', detail: 'Upload the file again.' },
  upload_size_mismatch: {
    title: 'The file changed while it was uploaded',
    detail: '{announcedBytes} were expected and {uploadedBytes} arrived. Upload the file again.',
  },
  upload_checksum_mismatch: { title: 'The upload was damaged on the way', detail: 'Upload the file again.' },
  upload_expired: { title: 'The upload was not finished in time', detail: 'Upload the file again.' },
  file_too_large: {
    title: 'The file is too large',
    detail: 'It has {sizeBytes}, and at most {limitBytes} are accepted.',
  },
  cross_site_request: { title: 'Something went wrong on our side', detail: 'Reload the page and try again.' },
  unsupported_media_type: { title: 'Something went wrong on our side', detail: 'Reload the page and try again.' },
  malformed_json: { title: 'Something went wrong on our side', detail: 'Reload the page and try again.' },
}
