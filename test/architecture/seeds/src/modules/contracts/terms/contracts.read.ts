// breaks: reads-know-shapes-only
import './http/terms.response.js';
import './http/terms.controller.js';
