// The one side effect: the element's name. A second copy of this script, of whatever version, leaves the first one its name.
import { LedDoctorElement } from './element.js';

export { LedDoctorElement };

// Without style sheets made by script there is no look to give it: the page's own words stay.
if (globalThis.customElements && 'adoptedStyleSheets' in Document.prototype && !customElements.get('led-doctor')) {
  customElements.define('led-doctor', LedDoctorElement);
}
