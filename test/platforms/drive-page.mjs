import { launch } from "puppeteer-core";

/*
 * Opens a page in headless Chromium, picks a picture as a user does, waits for what the page makes of it, and prints
 * that as JSON: node drive-page.mjs '{ "browser", "page", "picture", "screenshot" }'
 */

const { browser: executablePath, page: address, picture, screenshot } = JSON.parse(process.argv[2]);

// Chromium refuses its sandbox to root, as whom containers run.
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await launch({ executablePath, args, headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 640, height: 520 });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(address);
  const input = await page.waitForSelector("#picture");
  await input.uploadFile(picture);
  await page.waitForFunction(() => /^(?:It is|Failed)/.test(document.querySelector("#result").textContent));
  // Both pictures must have arrived too before what is shown is what a user sees.
  await page.evaluate(() => Promise.allSettled([...document.images].map((image) => image.decode())));
  const shown = await page.evaluate(() => ({
    result: document.querySelector("#result").textContent,
    ranking: [...document.querySelectorAll("#ranking li")].map((item) => item.textContent.trim()),
    pictures: [...document.images].map(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]),
  }));
  if (screenshot !== undefined) await page.screenshot({ path: screenshot });
  console.log(JSON.stringify({ ...shown, complaints }));
} finally {
  await browser.close();
}
