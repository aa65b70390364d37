/**
 * Somebody waits for web's answer: one more try after about two seconds, then 503, and the client may come again. The client's
 * own three tries take a quarter of a minute (https://cloud.google.com/storage/docs/retry-strategy#client-libraries).
 */
export const STORAGE_RETRIES = { maxRetries: 1 }
