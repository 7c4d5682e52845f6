// Opens the pages of `pymemlint gilmap --html` in a real browser: light and
// dark, wide and narrow, with and without script. Follows a finding's path and
// links between callers and callees, measures contrast, and leaves screenshots.
// Arguments: the folder of the pages, the folder for screenshots.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [pages, shots] = process.argv.slice(2).map((folder) => resolve(folder));
const url = (name) => pathToFileURL(join(pages, name)).href;
const wrong = [];
const expect = (what, holds) => { if (!holds) wrong.push(what); };

// The contrast of every piece of text with what is painted behind it; runs in the page.
function contrasts() {
    const parse = (text) => {
        const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
        return { r, g, b, a };
    };
    const luminance = ({ r, g, b }) => {
        const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = parse(getComputedStyle(at).backgroundColor);
            if (color.a === 1) return color;
        }
        return matchMedia('(prefers-color-scheme: dark)').matches ? { r: 18, g: 18, b: 18 } : { r: 255, g: 255, b: 255 };
    };
    const low = [];
    let measured = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.textContent.trim() || !element.checkVisibility()) continue;
        const a = luminance(parse(getComputedStyle(element).color)), b = luminance(behind(element));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        measured++;
        if (ratio < 4.5) low.push(`${ratio.toFixed(2)} at '${node.textContent.trim().slice(0, 40)}'`);
    }
    return { measured, low };
}

async function look(browser, name, options, visit) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(180000); // a busy machine is no fault of the pages
    page.on('console', (message) => expect(`${name}: the console says '${message.text()}'`, message.type() !== 'error'));
    page.on('pageerror', (error) => wrong.push(`${name}: ${error}`));
    page.on('request', (request) => expect(`${name}: a request to ${request.url()}`, /^(file|data):/.test(request.url())));
    await visit(page);
    await context.close();
}

async function check_page(page, name, shot) {
    if (shot) await page.screenshot({ path: join(shots, `${shot}.png`) });
    const { measured, low } = await page.evaluate(contrasts);
    expect(`${name}: no text was measured`, measured > 10);
    expect(`${name}: contrast ${low.slice(0, 3).join('; ')}`, low.length === 0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(`${name}: the page is ${wide} pixels wider than the screen`, wide <= 0);
}

mkdirSync(shots, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'pymemlint-browser-'));
// A machine on which the browser does not start at all tells nothing of the pages.
const cannot = (error) => { console.log(`the browser does not start: ${String(error).split('\n').slice(0, 3).join(' ')}`); process.exit(77); };
const browser = await chromium.launch({
    timeout: 180000,
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', `--disk-cache-dir=${profile}`],
}).catch(cannot);

const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
for (const [scheme, size, form] of [['light', 'wide', wide], ['dark', 'wide', wide], ['light', 'narrow', narrow], ['dark', 'narrow', narrow]]) {
    const name = `${scheme} ${size}`;
    await look(browser, name, { ...form, colorScheme: scheme }, async (page) => {
        await page.goto(url('index.html'));
        await check_page(page, `${name} index`, `index-${scheme}-${size}`);
        const hidden = await page.locator('th:last-child').evaluate((last) => last.getBoundingClientRect().right - innerWidth);
        expect(`${name}: the findings are ${hidden} pixels off the screen`, hidden <= 0);
        const rows = await page.locator('tbody tr').count();
        expect(`${name}: the index has ${rows} rows`, rows >= 2);
        expect(`${name}: no bar`, (await page.locator('.stack').first().boundingBox()).width > 20);
        await page.getByRole('link', { name: 'tallymodule.c' }).click();
        await check_page(page, `${name} source`, `source-${scheme}-${size}`);
        for (const letter of ['H', 'R'])
            expect(`${name}: no line with the letter ${letter}`,
                await page.locator('.l b', { hasText: letter }).count() > 0);
        const shades = await page.locator('.l.held, .l.released').evaluateAll((lines) =>
            new Set(lines.map((line) => getComputedStyle(line).backgroundColor)).size);
        expect(`${name}: states are not told apart by colour`, shades >= 2);
        // the path of the finding: each step leads to a line that exists and is in view
        await page.goto(url('buffer.c.html'));
        const steps = page.locator('.finding').first().locator('ol a');
        const count = await steps.count();
        expect(`${name}: the finding has ${count} steps`, count >= 3);
        for (let i = 0; i < count; i++) {
            await page.goto(url('buffer.c.html'));
            await steps.nth(i).click();
            const target = await page.waitForFunction(() => { // a busy machine scrolls when it gets to it
                const line = document.getElementById(location.hash.slice(1));
                const box = line?.getBoundingClientRect();
                return Boolean(location.hash && box && box.bottom > 0 && box.top < innerHeight);
            }, null, { timeout: 60000 }).then(() => true, () => false);
            expect(`${name}: step ${i + 1} leads to no line in view`, target);
        }
        await page.screenshot({ path: join(shots, `step-${scheme}-${size}.png`) });
        // along the path from its first step, from page to page
        await page.goto(url('tallymodule.c.html'));
        await page.locator('.step a.next').first().click();
        expect(`${name}: the next step is nowhere`, /#L\d+$/.test(page.url()));
        // from a caller to its callee and back
        await page.goto(url('lines.c.html'));
        await page.locator('.l code a', { hasText: 'buffer_add' }).click();
        expect(`${name}: the callee is not linked`, /buffer\.c\.html#L\d+$/.test(page.url()));
        await page.locator('summary', { hasText: 'functions' }).click();
        await page.locator('.functions a', { hasText: 'lines_read' }).first().click();
        expect(`${name}: the caller is not linked`, /lines\.c\.html#L\d+$/.test(page.url()));
        await page.getByRole('link', { name: 'GIL map' }).click();
        expect(`${name}: no way back to the index`, page.url().endsWith('index.html'));
    });
}

await look(browser, 'no script', { ...wide, javaScriptEnabled: false }, async (page) => {
    await page.goto(url('tallymodule.c.html'));
    expect('no script: the source is not shown', await page.getByText('Py_BEGIN_ALLOW_THREADS').first().isVisible());
    await page.locator('.why summary').first().click();
    expect('no script: a story does not open', await page.locator('.why details[open] li').count() > 0);
});

await look(browser, 'print', wide, async (page) => {
    await page.goto(url('tallymodule.c.html'));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const paper_is = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(`print: the paper is ${paper_is}`, paper_is === 'rgb(255, 255, 255)');
    const cut = await page.locator('.l').evaluateAll((lines) =>
        lines.filter((line) => line.scrollWidth > line.parentElement.clientWidth + 1).length);
    expect(`print: ${cut} lines are cut off`, cut === 0);
    const paper = await page.pdf({ path: join(shots, 'print.pdf'), printBackground: true });
    expect('print: an empty document', paper.length > 5000);
});

await browser.close();
for (const line of wrong) console.log(`gilmap in a browser: ${line}`);
process.exit(wrong.length ? 1 : 0);
