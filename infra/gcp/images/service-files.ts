/** What an image holds of the repository and of node_modules. Paths are relative to the root; packages are names. */
export type ServiceFiles = {
  /** by the name of the file that Node is started with, without .js */
  entries: Record<string, string>
  /** what code reads beside itself (import.meta.url) */
  read: string[]
  /** whether the built page is served */
  page: boolean
  /** packages that hold native code */
  packages: string[]
}

const web: ServiceFiles = {
  entries: {
    main: 'services/web/main.ts',
    // The migration job runs in web's image.
    migrate: 'services/web/migrate/main.ts',
    redrive: 'services/web/redrive/main.ts',
  },
  read: [],
  page: true,
  // argon2's other two dependencies only build it, and it comes built.
  packages: ['argon2', '@phc/format', 'node-gyp-build'],
}

const batch: ServiceFiles = {
  entries: { main: 'services/batch/main.ts' },
  read: ['services/batch/transcode/logo.png'],
  page: false,
  // ffmpeg and ffprobe are the system's.
  packages: [],
}

/** The files of a service's image. */
export const filesOf = (service: 'web' | 'batch'): ServiceFiles => (service === 'web' ? web : batch)
