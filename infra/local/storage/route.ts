import { decodePercent, type RequestTarget } from './request-target.ts'

/** Which part of the service a request is for. */
export type Route =
  /** Segments are those after /storage/v1, decoded; object is "BUCKET/OBJECT" as far as the request names one. */
  | { kind: 'json'; segments: string[]; isUpload: boolean; object: string }
  /** A session URI: whoever knows the id may use it. */
  | { kind: 'session'; id: string; isJson: true }
  | { kind: 'session'; id: string; isJson: false; bucket: string }
  | { kind: 'xml'; bucket: string; name: string }

/** Tells the APIs apart by their paths. Throws InvalidArgument for an encoding that is broken. */
export const routeOf = (target: RequestTarget): Route => {
  const { path, parameters } = target
  const json = /^(\/upload|\/resumable\/upload|\/download)?\/storage\/v1\/(.*)$/.exec(path)
  const id = parameters.get('upload_id')
  if (json !== null) {
    if (id !== undefined) return { kind: 'session', id, isJson: true }
    const segments = (json[2] ?? '').split('/').filter(isFilled).map(decodePercent)
    const [, bucket = '', , name = parameters.get('name') ?? ''] = segments
    return { kind: 'json', segments, isUpload: json[1]?.endsWith('/upload') ?? false, object: `${bucket}/${name}` }
  }
  const [, first = '', ...name] = path.split('/')
  const bucket = decodePercent(first)
  if (id !== undefined) return { kind: 'session', id, isJson: false, bucket }
  return { kind: 'xml', bucket, name: name.map(decodePercent).join('/') }
}

const isFilled = (segment: string): boolean => segment !== ''
