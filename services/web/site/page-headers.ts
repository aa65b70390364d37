/**
 * What browsers let the page do (Content Security Policy level 3): run, show and fetch what comes from here, and exchange videos with the
 * storage, and nothing else. No script or style within the page, no other host, no text that becomes code (Trusted Types).
 */
export const pageHeaders = (storageOrigin: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: ${storageOrigin}`,
    // blob: is what a stream is played from (Media Source Extensions), and the preview of a file.
    `media-src 'self' blob: ${storageOrigin}`,
    `connect-src 'self' ${storageOrigin}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // The name of the policy in services/web/page/start-worker.ts.
    'trusted-types reelway',
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'referrer-policy': 'no-referrer',
})
