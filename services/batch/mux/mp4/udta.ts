import type { Description } from '../description.ts'
import { box, fullBox, type Lazy, uint32 } from './box.ts'

/** The value is text in UTF-8. */
const TEXT = 1

/** Tags by the names of QuickTime (QuickTime File Format, "Metadata"), as and where ffmpeg writes them; nothing without any. */
export const udta = ({ tags }: Description): Lazy[] => {
  if (tags.length === 0) return []
  const keys = tags.map(([name]) => box('mdta', Buffer.from(name)))
  const values = tags.map(([, value], index) => item(index + 1, box('data', uint32(TEXT, 0), Buffer.from(value))))
  return [
    box(
      'udta',
      fullBox(
        'meta',
        0,
        0,
        fullBox('hdlr', 0, 0, uint32(0), Buffer.from('mdta'), uint32(0, 0, 0), Buffer.alloc(1)),
        fullBox('keys', 0, 0, uint32(keys.length), ...keys),
        box('ilst', ...values),
      ),
    ),
  ]
}

/** A box whose type is the number of its key. */
const item = (key: number, value: Lazy): Lazy => box(uint32(key).toString('latin1'), value)
