// breaks: kernel-stands-alone, libs-know-no-product
import '#platform';
