import { openBrowser } from './support/browser.mjs';
import { start } from '../../tools/serve.mjs';
import { DIST, running } from './support/site.mjs';
import { agree, answer, choose, model, nextStep, openFix, pad, id, tap, lookAgain } from './support/walk.mjs';
const server = await start({ dir: DIST });
for (const lang of ['de', 'ja', 'ar']) for (const [size, viewport] of [['phone', { width: 390, height: 844 }], ['desk', { width: 1280, height: 800 }]]) {
  const { context, close } = await openBrowser({ viewport, locale: lang, colorScheme: size === 'desk' ? 'dark' : 'light' });
  const page = context.pages()[0];
  let n = 0;
  const shot = () => page.screenshot({ path: `/tmp/shots/${lang}-${size}-${String(n++).padStart(2, '0')}.png` });
  await page.goto(server.url); await running(page); await page.locator('[data-testid=device]').first().waitFor(); await shot();
  await page.goto(server.url + model('outdoor')); await running(page); await pad(page).waitFor();
  await tap(page, [0, 600, 1000]); await shot();
  await id(page, 'choose').click(); await id(page, 'choice').first().waitFor(); await shot();
  await page.locator('[data-testid=choice][data-signal=offline]').click(); await id(page, 'verdict').waitFor(); await shot();
  await agree(page); await id(page, 'question').waitFor(); await shot();
  await answer(page, 'unsure'); await openFix(page).waitFor(); await nextStep(page); await openFix(page).getByTestId('wait-start').first().click(); await shot();
  await page.locator('[data-testid=fix][data-fix=re-add]').getByTestId('fix-title').click(); await id(page, 'agree-loss').waitFor(); await shot();
  await lookAgain(page); await choose(page, 'idle'); await agree(page); await id(page, 'resolved').waitFor(); await shot();
  await id(page, 'support').click(); await id(page, 'report').waitFor(); await shot();
  await id(page, 'back').click();
  await id(page, 'card-wanted').click(); await id(page, 'card').waitFor(); await shot();
  await close();
}
await server.close();
