import { degrees, PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Piscina from 'piscina';
import sharp from 'sharp';
import { type Compiled, compileSources } from '../../../../test/support/compiled';
import { heic, heicPicture, png } from '../../../../test/support/files';
import { run } from '../../../../test/support/sealing-fixtures';
import type { Measured } from './bind';

/** Real: a thread running the compiled entry, as in production. */
describe('binding a volume', () => {
  let compiled: Compiled;
  const folder = mkdtempSync(join(tmpdir(), 'binding-'));
  const createdAt = new Date('2026-02-20T01:00:00Z');
  let pool: Piscina;

  beforeAll(() => {
    compiled = compileSources('pdf-binding', ['src/platform/pdf/binding']);
    pool = new Piscina({ filename: join(compiled.folder, 'platform/pdf/binding/binding.worker.js'), maxThreads: 1 });
  });
  afterAll(async () => {
    await pool.destroy();
    compiled.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const onDisk = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const sheet = async (width: number, height: number, angle = 0, origin = 0): Promise<Uint8Array> => {
    const document = await PDFDocument.create();
    const page = document.addPage([width, height]);
    page.setMediaBox(origin, origin, width, height);
    page.setRotation(degrees(angle));
    page.drawText('sheet', { x: origin + 20, y: origin + 20 });
    return document.save();
  };

  it('brings every sheet to A4 and numbers it in the corner that the reader sees', async () => {
    const sheets = [
      await sheet(595.28, 841.89),
      await sheet(842, 595, 90),
      await sheet(1190, 842, 180, 50),
      await sheet(300, 400, 270, -20),
    ];
    const parts = [
      ...sheets.map((bytes, i) => ({ path: onDisk(`${i}.pdf`, bytes), kind: 'pdf' })),
      { path: onDisk('photo.png', png(40, 20)), kind: 'image' },
    ];
    const out = join(folder, 'volume.pdf');
    expect(await pool.run({ parts, out, title: '卷', createdAt }, { name: 'bind' })).toBe(5);
    expect(run('qpdf', ['--check', out]).code).toBe(0);
    const words = run('pdftotext', ['-bbox', out, '-']).output;
    const pages = [...words.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)];
    expect(pages).toHaveLength(5);
    pages.forEach(([, width, height, content = ''], i) => {
      const sizes = [Math.round(Number(width)), Math.round(Number(height))];
      expect(sizes.toSorted((a, z) => a - z)).toEqual([595, 842]);
      const found = new RegExp(`xMin="([\\d.]+)" yMin="([\\d.]+)" xMax="([\\d.]+)" yMax="[\\d.]+">${i + 1}<`).exec(
        content,
      );
      // The tool gives the sheet as it lies in the file, and the words as they are read.
      const across = i === 1 || i === 3 ? Number(height) : Number(width);
      expect([i, Number(found?.[3]) > across - 40, Number(found?.[2]) < 40]).toEqual([i, true, true]);
      if (i < 4) expect(content).toContain('>sheet<');
    });
  });

  it('says of each file how many pages it has or what is the matter with it', async () => {
    const whole = onDisk('whole.pdf', await sheet(595, 842));
    const locked = join(folder, 'locked.pdf');
    run('qpdf', ['--encrypt', 'user', 'owner', '256', '--', whole, locked]);
    const shut = join(folder, 'shut.pdf');
    run('qpdf', ['--encrypt', '', 'owner', '256', '--modify=none', '--', whole, shut]);
    const cut = onDisk('cut.pdf', readFileSync(whole).subarray(0, 200));
    const paths = [whole, shut, locked, cut, onDisk('no.pdf', Buffer.from('%PDF-1.7\n'))];
    const found = (await pool.run(
      [...paths.map((path) => ({ path, kind: 'pdf' })), { path: onDisk('bad.jpg', Buffer.from('no')), kind: 'image' }],
      { name: 'measure' },
    )) as Measured[];
    expect(found).toEqual([
      { pages: 1 },
      { pages: 1 },
      { fault: 'encrypted' },
      { fault: 'damaged' },
      { fault: 'damaged' },
      { fault: 'damaged' },
    ]);
  });

  it('lets nothing act that came from outside', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([595, 842]);
    const action = document.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') });
    page.node.set(PDFName.of('AA'), document.context.obj({ O: action }));
    const link = document.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: action });
    page.node.set(PDFName.of('Annots'), document.context.obj([document.context.register(link)]));
    const out = join(folder, 'quiet.pdf');
    const parts = [{ path: onDisk('acting.pdf', await document.save()), kind: 'pdf' }];
    await pool.run({ parts, out, title: '卷', createdAt }, { name: 'bind' });
    const [bound] = (await PDFDocument.load(readFileSync(out))).getPages();
    expect(bound?.node.get(PDFName.of('AA'))).toBeUndefined();
    const annotation = bound?.node.Annots()?.lookup(0, PDFDict);
    expect([annotation?.has(PDFName.of('Rect')), annotation?.has(PDFName.of('A'))]).toEqual([true, false]);
    expect(run('qpdf', ['--qdf', '--object-streams=disable', out, '-']).output).not.toContain('app.alert');
  });

  describe('photographs of phones', () => {
    const colourAt = async (path: string, x: number, y: number): Promise<number[]> => {
      const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
      const at = (y * info.width + x) * info.channels;
      return [...data.subarray(at, at + 3)].map((value) => Math.round(value / 255));
    };
    const develop = (path: string, out: string): number | null =>
      run(process.execPath, [join(compiled.folder, 'platform/pdf/binding/photograph.worker.js'), path, out]).code;
    const developed = async (name: string, bytes: Uint8Array): Promise<string> => {
      const path = onDisk(name, bytes);
      expect(await pool.run([{ path, kind: 'photograph' }], { name: 'measure' })).toEqual([{ pages: 1 }]);
      const out = `${path}.jpg`;
      expect(develop(path, out)).toBe(0);
      return out;
    };
    const plain = (width: number, height: number, background: string) =>
      sharp({ create: { width, height, channels: 3, background } });

    it('become pages, upright as the camera was held', async () => {
      const heic = await developed('photo.heic', heicPicture());
      expect(await sharp(heic).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 40 });
      expect(await colourAt(heic, 2, 2)).toEqual([1, 1, 1]);
      expect(await colourAt(heic, 40, 2)).toEqual([1, 0, 0]);
      expect(await colourAt(heic, 40, 38)).toEqual([0, 0, 1]);
      const turned = await developed(
        'photo.webp',
        await plain(60, 30, 'green').webp().withMetadata({ orientation: 6 }).toBuffer(),
      );
      expect(await sharp(turned).metadata()).toMatchObject({ format: 'jpeg', width: 30, height: 60 });
      const out = join(folder, 'photographs.pdf');
      const parts = [heic, turned].map((path) => ({ path, kind: 'image' }));
      expect(await pool.run({ parts, out, title: '卷', createdAt }, { name: 'bind' })).toBe(2);
      expect(run('qpdf', ['--check', out]).code).toBe(0);
    });

    it('are brought down to what paper shows, with white where they are transparent', async () => {
      const large = await developed('large.webp', await plain(4600, 3450, 'red').webp().toBuffer());
      expect(await sharp(large).metadata()).toMatchObject({ width: 2480, height: 1860 });
      const clear = { create: { width: 20, height: 20, channels: 4, background: '#00000000' } } as const;
      const white = await developed('clear.webp', await sharp(clear).webp().toBuffer());
      expect(await colourAt(white, 5, 5)).toEqual([1, 1, 1]);
    });

    it('are left out when they are too large or broken, before anything of them is unpacked', async () => {
      const bomb = onDisk('bomb.webp', await plain(8000, 8000, 'white').webp().toBuffer());
      const files = [
        bomb,
        onDisk('bomb.heic', heic(20000, 20000)),
        onDisk('torn.heic', heicPicture().subarray(0, 300)),
        onDisk('noise.webp', Buffer.alloc(200, 7)),
      ].map((path) => ({ path, kind: 'photograph' }));
      expect(await pool.run(files, { name: 'measure' })).toEqual([
        { fault: 'too-large' },
        { fault: 'damaged' },
        { fault: 'damaged' },
        { fault: 'damaged' },
      ]);
      expect(files.map(({ path }) => develop(path, `${path}.jpg`))).toEqual([1, 1, 1, 1]);
    });
  });
});
