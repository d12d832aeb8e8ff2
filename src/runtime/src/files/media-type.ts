/** What a file's first bytes say of it: byte values from the start, undefined where any will do. */
interface Signature {
  readonly mediaType: string;
  readonly extension: string;
  readonly bytes: readonly (number | undefined)[];
}

const ascii = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
const any4 = [undefined, undefined, undefined, undefined] as const;

const signatures: readonly Signature[] = [
  // PNG (ISO/IEC 15948) §5.2
  { mediaType: "image/png", extension: "png", bytes: [0x89, ...ascii("PNG\r\n"), 0x1a, 0x0a] },
  // ITU-T T.81 §B.1.1.3: start of image, then any marker
  { mediaType: "image/jpeg", extension: "jpg", bytes: [0xff, 0xd8, 0xff] },
  { mediaType: "image/gif", extension: "gif", bytes: ascii("GIF8") },
  { mediaType: "image/webp", extension: "webp", bytes: [...ascii("RIFF"), ...any4, ...ascii("WEBP")] },
  { mediaType: "image/bmp", extension: "bmp", bytes: [...ascii("BM"), ...any4, 0, 0, 0, 0] },
  { mediaType: "image/tiff", extension: "tiff", bytes: [...ascii("II*"), 0] },
  { mediaType: "image/tiff", extension: "tiff", bytes: [...ascii("MM"), 0, ...ascii("*")] },
  { mediaType: "image/avif", extension: "avif", bytes: [...any4, ...ascii("ftypavif")] },
  { mediaType: "image/heic", extension: "heic", bytes: [...any4, ...ascii("ftypheic")] },
  { mediaType: "application/pdf", extension: "pdf", bytes: ascii("%PDF-") },
];

/** The media type that the first bytes of a file prove, or undefined where they prove none known here. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  return signatures.find((signature) =>
    signature.bytes.every((byte, at) => (byte === undefined ? at < bytes.length : bytes[at] === byte)),
  )?.mediaType;
}

/** Whether `mediaTypeOf` would know files of this type. */
export function isKnownMediaType(mediaType: string): boolean {
  return signatures.some((signature) => signature.mediaType === mediaType);
}

/** The usual ending of a file of this type, without the dot; `bin` where none is known here. */
export function fileExtension(mediaType: string): string {
  return signatures.find((signature) => signature.mediaType === mediaType)?.extension ?? "bin";
}

/** A media type as it is registered: lower case, without parameters, `image/jpg` as `image/jpeg` (RFC 2045 §5.1). */
export function toRegisteredMediaType(mediaType: string): string {
  const essence = (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
  return essence === "image/jpg" || essence === "image/pjpeg" ? "image/jpeg" : essence;
}
