/** The part of yazl that the workbook writer uses. */
declare module 'yazl' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';
  export type EntryOptions = { mtime?: Date; compress?: boolean; compressionLevel?: number };
  export class ZipFile extends EventEmitter {
    readonly outputStream: Readable;
    addBuffer(buffer: Buffer, path: string, options?: EntryOptions): void;
    addReadStream(stream: Readable, path: string, options?: EntryOptions): void;
    end(): void;
  }
}
