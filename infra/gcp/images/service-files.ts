/** What an image holds of the repository and of node_modules. Paths are relative to the root; packages are names. */
export type ServiceFiles = {
  /** by the name of the file that Node is started with, without .js */
  entries: Record<string, string>
  /** what code reads beside itself (import.meta.url) */
  read: string[]
  /** whether the built page is served */
  page: boolean
  /** packages that hold native code or programs */
  packages: string[]
  /** programs in these packages, below node_modules, and the package that says their version and licence */
  programs: { path: string; from: string }[]
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
  programs: [],
}

const FFPROBE = `@ffprobe-installer/${process.platform}-${process.arch}`

const batch: ServiceFiles = {
  entries: { main: 'services/batch/main.ts' },
  read: ['services/batch/transcode/logo.png'],
  page: false,
  // ffmpeg-static's dependencies only download it.
  packages: ['ffmpeg-static', '@ffprobe-installer/ffprobe', FFPROBE],
  programs: [
    { path: 'ffmpeg-static/ffmpeg', from: 'ffmpeg-static' },
    { path: `${FFPROBE}/ffprobe`, from: FFPROBE },
  ],
}

/** The files of a service's image; of batch's also without programs, for a host that has them on PATH. */
export const filesOf = (service: 'web' | 'batch', programsFromPath: boolean): ServiceFiles => {
  if (service === 'web') return web
  return programsFromPath ? { ...batch, packages: [], programs: [] } : batch
}
