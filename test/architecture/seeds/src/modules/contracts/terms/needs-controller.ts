// breaks: use-cases-know-no-http
import './http/terms.controller.js';
