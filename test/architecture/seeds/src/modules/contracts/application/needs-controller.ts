// breaks: use-cases-know-no-http
import '../http/contracts.controller.js';
