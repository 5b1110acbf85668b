const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The CRC-32 of gzip and zip (ISO 3309), of bytes that come in pieces. */
export class Crc32 {
  #crc = -1;

  add(bytes: Uint8Array): void {
    let crc = this.#crc;
    for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 255];
    this.#crc = crc;
  }

  /** Unsigned. */
  get value(): number {
    return ~this.#crc >>> 0;
  }
}
